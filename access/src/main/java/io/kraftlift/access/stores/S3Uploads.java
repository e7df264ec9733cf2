package io.kraftlift.access.stores;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Sends objects to a bucket: up to {@value #LARGEST_SINGLE_PUT} bytes in one request, above that in parts. S3 compares
 * every request's content with its CRC32C, which is also what readers check against.
 */
final class S3Uploads {
    /** Twice the usual segment, so that every segment is one request. */
    static final int LARGEST_SINGLE_PUT = 64 << 20;

    /** S3 takes 5 MiB to 5 GiB, and 10,000 parts; the largest buffer of 2 GiB makes 64 of these. */
    private static final int PART_BYTES = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(S3Uploads.class);

    private final S3Client s3;
    private final String bucket;
    private final @Nullable String kmsKeyArn;
    private final @Nullable ServerSideEncryption encryption;

    S3Uploads(S3Client s3, String bucket, @Nullable String kmsKeyArn) {
        this.s3 = s3;
        this.bucket = bucket;
        this.kmsKeyArn = kmsKeyArn;
        this.encryption = kmsKeyArn == null ? null : ServerSideEncryption.AWS_KMS;
    }

    /** Writes the buffer's remaining bytes and answers the new ETag. The buffer's position and limit stay as they were. */
    String upload(String key, ByteBuffer content, Map<String, String> metadata, WriteTerms terms) {
        return content.remaining() <= LARGEST_SINGLE_PUT
                ? inOne(key, content, metadata, terms)
                : inParts(key, content, metadata, terms);
    }

    private String inOne(String key, ByteBuffer content, Map<String, String> metadata, WriteTerms terms) {
        return s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .metadata(metadata)
                                .applyMutation(given -> sum(given, content, terms))
                                .serverSideEncryption(encryption)
                                .ssekmsKeyId(kmsKeyArn)
                                .ifMatch(terms.ifMatch())
                                .ifNoneMatch(terms.ifNoneMatch())
                                .objectLockMode(lockOf(terms))
                                .objectLockRetainUntilDate(terms.retainUntil()),
                        bodyOf(content))
                .eTag();
    }

    /**
     * Object Lock asks for the name of the sum's algorithm, which the SDK sends only with a sum that it makes itself;
     * given both, it announces a trailer that it does not send.
     */
    private static void sum(PutObjectRequest.Builder request, ByteBuffer content, WriteTerms terms) {
        if (terms.retainUntil() == null) {
            request.checksumCRC32C(crc32c(content));
        } else {
            request.checksumAlgorithm(ChecksumAlgorithm.CRC32_C);
        }
    }

    /** The terms of absence or version hold at completion, which is when the object appears. */
    private String inParts(String key, ByteBuffer content, Map<String, String> metadata, WriteTerms terms) {
        String upload = s3.createMultipartUpload(request -> request.bucket(bucket)
                        .key(key)
                        .metadata(metadata)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .serverSideEncryption(encryption)
                        .ssekmsKeyId(kmsKeyArn)
                        .objectLockMode(lockOf(terms))
                        .objectLockRetainUntilDate(terms.retainUntil()))
                .uploadId();
        try {
            List<CompletedPart> parts = uploadParts(key, upload, content);
            return s3.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .uploadId(upload)
                            .multipartUpload(all -> all.parts(parts))
                            .ifMatch(terms.ifMatch())
                            .ifNoneMatch(terms.ifNoneMatch()))
                    .eTag();
        } catch (SdkException e) {
            abandon(key, upload);
            throw e;
        }
    }

    private List<CompletedPart> uploadParts(String key, String upload, ByteBuffer content) {
        List<CompletedPart> parts = new ArrayList<>();
        for (int from = 0; from < content.remaining(); from += PART_BYTES) {
            int number = parts.size() + 1;
            ByteBuffer part =
                    content.slice(content.position() + from, Math.min(PART_BYTES, content.remaining() - from));
            String sum = crc32c(part);
            String eTag = s3.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number)
                                    .checksumCRC32C(sum),
                            bodyOf(part))
                    .eTag();
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(eTag)
                    .checksumCRC32C(sum)
                    .build());
        }
        return parts;
    }

    /** Parts that stay behind cost money and nothing else; the bucket's lifecycle rule removes what this cannot. */
    private void abandon(String key, String upload) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(upload));
        } catch (SdkException e) {
            LOG.debug("parts of an unfinished upload may stay behind: key={} reason={}", key, e.getMessage());
        }
    }

    private static @Nullable ObjectLockMode lockOf(WriteTerms terms) {
        return terms.retainUntil() == null ? null : ObjectLockMode.COMPLIANCE;
    }

    /** Without a copy where the buffer has an array; the SDK asks for a fresh stream at every try. */
    private static RequestBody bodyOf(ByteBuffer content) {
        int length = content.remaining();
        ByteBuffer readable = content.hasArray() ? content : copyOf(content);
        byte[] array = readable.array();
        int start = readable.arrayOffset() + readable.position();
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(array, start, length), length, "application/octet-stream");
    }

    private static ByteBuffer copyOf(ByteBuffer content) {
        return ByteBuffer.allocate(content.remaining()).put(content.duplicate()).flip();
    }

    /** As S3 writes it: four bytes, the highest first, in Base64. */
    private static String crc32c(ByteBuffer content) {
        CRC32C sum = new CRC32C();
        sum.update(content.duplicate());
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
