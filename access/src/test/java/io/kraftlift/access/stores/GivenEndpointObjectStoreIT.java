package io.kraftlift.access.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.GivenAwsEndpoint;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.RetainingStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The contract, and Object Lock, on a server that has it. */
@ExtendWith(GivenAwsEndpoint.class)
class GivenEndpointObjectStoreIT extends S3ObjectStoreContract {
    private final AwsEndpoint endpoint;

    GivenEndpointObjectStoreIT(AwsEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Test
    void keepsARetainedObjectFromBeingRemovedUntilItsTime() {
        String bucket = endpoint.newLockedBucket();
        RetainingStore store = store(bucket);
        Instant until = Instant.now().plus(2, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        try {
            assertThat(store.putRetained(KEY, bytes("evidence"), until)).isTrue();
        } catch (OperatorActionNeeded refused) {
            assumeFalse(
                    String.valueOf(refused.getMessage()).contains("Multiple checksum Types are not allowed"),
                    "skipped: LocalStack (4.14.0) finds the sum x-amz-checksum-crc32 in a trailer x-amz-checksum-crc32c too,"
                            + " and refuses the two");
            throw refused;
        }
        assertThat(store.putRetained(KEY, bytes("other"), until)).isFalse();
        String key = "backups/" + KEY;
        try (S3Client s3 = S3Stores.client(endpoint.uri())) {
            ObjectLockRetention retention = s3.getObjectRetention(
                            request -> request.bucket(bucket).key(key))
                    .retention();
            assertThat(retention.retainUntilDate()).isEqualTo(until);
            assertThat(retention.modeAsString()).isEqualTo("COMPLIANCE");
            String version =
                    s3.headObject(request -> request.bucket(bucket).key(key)).versionId();
            assertThatThrownBy(() -> s3.deleteObject(
                            request -> request.bucket(bucket).key(key).versionId(version)))
                    .isInstanceOf(S3Exception.class);
        }
    }

    @Test
    void encryptsWithTheKeyThatIsGiven() {
        String bucket = endpoint.newBucket();
        String key = newKey();

        S3Stores.at(endpoint.uri(), new StoreSettings.Bucket(bucket, "", key)).put(KEY, bytes("segment"));

        try (S3Client s3 = S3Stores.client(endpoint.uri())) {
            HeadObjectResponse there =
                    s3.headObject(request -> request.bucket(bucket).key(KEY.value()));
            assertThat(there.serverSideEncryptionAsString()).isEqualTo("aws:kms");
            assertThat(there.ssekmsKeyId()).isEqualTo(key);
        }
    }

    private String newKey() {
        try {
            return endpoint.newKey();
        } catch (KmsException refused) {
            assumeFalse(
                    refused.awsErrorDetails() == null
                            || refused.awsErrorDetails().errorCode() == null,
                    "skipped: this server (MinIO, say) answers like S3 and not like KMS");
            throw refused;
        }
    }

    @Test
    void saysThatABucketWithoutObjectLockCannotRetain() {
        RetainingStore store = store(endpoint.newBucket());
        assertThatThrownBy(() ->
                        store.putRetained(KEY, bytes("evidence"), Instant.now().plus(2, ChronoUnit.MINUTES)))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("Object Lock must be on from the bucket's creation");
    }
}
