package io.kraftlift.access.aws;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** Where something answers like AWS. Credentials are the environment's where it has any, else ones that mean nothing. */
public record AwsEndpoint(URI uri) {
    public static final Region REGION = Region.US_EAST_1;

    public static AwsCredentialsProvider credentials() {
        return AwsCredentialsProviderChain.of(
                EnvironmentVariableCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
    }

    /** A new bucket with a name that nobody used before. */
    public String newBucket() {
        return newBucket(CreateBucketRequest.builder());
    }

    /** A new bucket with Object Lock. */
    public String newLockedBucket() {
        return newBucket(CreateBucketRequest.builder().objectLockEnabledForBucket(true));
    }

    /** The ARN of a new key. */
    public String newKey() {
        try (KmsClient kms = KmsClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(uri)
                .region(REGION)
                .credentialsProvider(credentials())
                .build()) {
            return kms.createKey().keyMetadata().arn();
        }
    }

    private String newBucket(CreateBucketRequest.Builder request) {
        String bucket = "kraftlift-" + UUID.randomUUID();
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(uri)
                .region(REGION)
                .credentialsProvider(credentials())
                .forcePathStyle(true)
                .overrideConfiguration(call -> call.apiCallTimeout(Duration.ofSeconds(30)))
                .build()) {
            s3.createBucket(request.bucket(bucket).build());
        }
        return bucket;
    }
}
