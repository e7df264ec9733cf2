package io.kraftlift.access.stores;

import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.stores.S3Refusals.Operation;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.RetainingStore;
import io.kraftlift.core.stores.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * An object store in a bucket of S3. A version is S3's ETag. Put-if-absent and replace are S3's conditional writes
 * ({@code If-None-Match: *}, {@code If-Match}).
 *
 * <p>The SDK repeats a write whose answer was lost, and the repetition meets the write's own object and is refused. So
 * every write carries a mark of its own in the object's metadata, and a refused one looks whose mark is there.
 *
 * <p>Safe for several threads. The client lives as long as the process.
 */
final class S3ObjectStore implements RetainingStore, BucketProtection {
    /** The metadata entry that tells which call wrote an object. */
    static final String WRITE_MARK = "kraftlift-write";

    /** How S3 says that a bucket was made without Object Lock (GetObjectLockConfiguration). */
    private static final String NO_LOCK = "ObjectLockConfigurationNotFoundError";

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final S3Uploads uploads;
    private final Supplier<String> marks;
    private final S3Refusals refusals;

    /**
     * Opens the store; nothing is asked of S3 yet.
     *
     * @param marks gives a text that no other call in the world gets
     */
    S3ObjectStore(S3Client s3, StoreSettings.Bucket settings, Supplier<String> marks) {
        this.s3 = s3;
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
        this.uploads = new S3Uploads(s3, bucket, settings.kmsKeyArn());
        this.marks = marks;
        this.refusals = new S3Refusals(bucket);
    }

    @Override
    public URI root() {
        return URI.create("s3://" + bucket + "/" + prefix);
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return write(Operation.WRITE, key, content, WriteTerms.IF_ABSENT).isPresent();
    }

    /** Locked in compliance mode: until then not even the account's root user can remove it. */
    @Override
    public boolean putRetained(ObjectKey key, ByteBuffer content, Instant until) {
        return write(Operation.WRITE_RETAINED, key, content, WriteTerms.ifAbsentAndRetained(until))
                .isPresent();
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        write(Operation.WRITE, key, content, WriteTerms.ANYWAY);
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return write(Operation.WRITE, key, content, WriteTerms.ifAt(expected));
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return refusals.attempt(
                Operation.READ,
                name(key),
                () -> fetch(
                        key,
                        null,
                        (answer, body) -> new StoredObject(allOf(answer, body), new ObjectVersion(answer.eTag()))));
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    key + ": a range must start at 0 or above and have a byte, was " + offset + " x " + length);
        }
        return refusals.attempt(Operation.READ, name(key), () -> {
            try {
                return fetch(key, "bytes=" + offset + "-" + (offset + length - 1), S3ObjectStore::allOf);
            } catch (S3Exception e) {
                // The object is there and ends before the range begins.
                if (e.statusCode() == 416) {
                    return Optional.of(new byte[0]);
                }
                throw e;
            }
        });
    }

    @Override
    public List<ObjectSummary> list(ObjectKey below) {
        String start = name(below) + "/";
        return refusals.attempt(
                Operation.LIST,
                start,
                () -> s3
                        .listObjectsV2Paginator(
                                request -> request.bucket(bucket).prefix(start))
                        .contents()
                        .stream()
                        // A console makes objects that end in a slash as folders; they are none of ours.
                        .filter(object -> !object.key().endsWith("/"))
                        .map(object -> new ObjectSummary(
                                new ObjectKey(object.key().substring(prefix.length())), object.size()))
                        .sorted(java.util.Comparator.comparing(ObjectSummary::key))
                        .toList());
    }

    @Override
    public boolean hasObjectLock() {
        return refusals.attempt(Operation.READ_LOCK, "", () -> {
            try {
                return s3.getObjectLockConfiguration(request -> request.bucket(bucket))
                                .objectLockConfiguration()
                                .objectLockEnabled()
                        == ObjectLockEnabled.ENABLED;
            } catch (S3Exception e) {
                if (NO_LOCK.equals(Refusal.of(e).code())) {
                    return false;
                }
                throw e;
            }
        });
    }

    @Override
    public String keyOf(ObjectKey key) {
        Optional<HeadObjectResponse> there = refusals.attempt(Operation.READ, name(key), () -> head(key));
        return there.flatMap(object -> Optional.ofNullable(object.ssekmsKeyId()))
                .orElse("");
    }

    private Optional<ObjectVersion> write(Operation operation, ObjectKey key, ByteBuffer content, WriteTerms terms) {
        String mark = marks.get();
        return refusals.attempt(operation, name(key), () -> {
            try {
                String eTag = uploads.upload(name(key), content, Map.of(WRITE_MARK, mark), terms);
                return Optional.of(new ObjectVersion(eTag));
            } catch (S3Exception e) {
                if (terms.isBrokenBy(e)) {
                    return versionIfMarked(key, mark, terms);
                }
                throw e;
            }
        });
    }

    /** The version that is there if the write with this mark made it; empty when the write lost to another. */
    private Optional<ObjectVersion> versionIfMarked(ObjectKey key, String mark, WriteTerms terms) {
        Optional<HeadObjectResponse> there = refusals.attempt(Operation.READ, name(key), () -> head(key));
        if (there.isEmpty() && terms.wantAbsence()) {
            throw new TryAgain(
                    FailureName.STORE_UNREACHABLE,
                    root() + key.value() + " was there when it was written to and is gone now");
        }
        return there.filter(object -> mark.equals(object.metadata().get(WRITE_MARK)))
                .map(object -> new ObjectVersion(object.eTag()));
    }

    private Optional<HeadObjectResponse> head(ObjectKey key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(bucket).key(name(key))));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> fetch(
            ObjectKey key, @Nullable String range, ResponseTransformer<GetObjectResponse, T> reader) {
        try {
            GetObjectRequest request = GetObjectRequest.builder()
                    .bucket(bucket)
                    .key(name(key))
                    .range(range)
                    .build();
            return Optional.of(s3.getObject(request, reader));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        }
    }

    /** The body into an array of the announced size; the end of the stream is reached, where the SDK checks the sum. */
    private static byte[] allOf(GetObjectResponse answer, AbortableInputStream body) {
        int announced = Math.toIntExact(answer.contentLength());
        try {
            byte[] content = body.readNBytes(announced);
            if (content.length < announced || body.read() >= 0) {
                throw RetryableException.create("the body must have " + announced + " bytes, has others");
            }
            return content;
        } catch (IOException e) {
            throw RetryableException.create("the body broke off", e);
        }
    }

    private String name(ObjectKey key) {
        return prefix + key.value();
    }
}
