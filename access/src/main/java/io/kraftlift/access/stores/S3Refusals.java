package io.kraftlift.access.stores;

import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says what an answer or a silence of S3 asks of whoever sees it. */
final class S3Refusals {
    /** What is asked of S3, and the permission that it needs. */
    enum Operation {
        WRITE("write", "s3:PutObject", ""),
        WRITE_RETAINED("write and lock", "s3:PutObject and s3:PutObjectRetention", ""),
        // Without s3:ListBucket a missing object is answered with 403 and not with 404 (GetObject, "Permissions").
        READ("read", "s3:GetObject", " and s3:ListBucket on the bucket"),
        LIST("list", "s3:ListBucket", ""),
        READ_LOCK("read the Object Lock settings of", "s3:GetBucketObjectLockConfiguration", "");

        private final String verb;
        private final String actions;
        private final String furtherActions;

        Operation(String verb, String actions, String furtherActions) {
            this.verb = verb;
            this.actions = actions;
            this.furtherActions = furtherActions;
        }

        private boolean isAboutTheBucket() {
            return this == LIST || this == READ_LOCK;
        }
    }

    /** Answers with status 400 about bytes that were lost or changed on the way. */
    private static final Set<String> DAMAGED_ON_THE_WAY =
            Set.of("BadDigest", "XAmzContentChecksumMismatch", "IncompleteBody", "RequestTimeout", "InvalidPart");

    private final String bucket;

    S3Refusals(String bucket) {
        this.bucket = bucket;
    }

    /** Makes a call, and turns every failure of the SDK into one of ours. */
    <T> T attempt(Operation operation, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            throw answered(operation, key, e);
        } catch (SdkClientException e) {
            throw notAnswered(operation, key, e);
        }
    }

    private KraftliftFailure answered(Operation operation, String key, S3Exception answer) {
        Refusal refusal = Refusal.of(answer);
        String what = place(operation, key) + " (" + refusal + ")";
        if (refusal.status() == 403 || refusal.isAboutCredentials()) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, what + "; " + remedyOfDenial(operation, refusal), answer);
        }
        if (refusal.code().equals("NoSuchBucket")) {
            return wrong(what + "; make the bucket " + bucket + ", or correct s3_bucket", answer);
        }
        if (refusal.status() == 301 || refusal.code().equals("AuthorizationHeaderMalformed")) {
            return wrong(
                    what + "; the bucket is in " + regionOf(answer).orElse("another region")
                            + ", set AWS_REGION to the bucket's region",
                    answer);
        }
        if (refusal.isTransient() || DAMAGED_ON_THE_WAY.contains(refusal.code())) {
            return new TryAgain(FailureName.STORE_UNREACHABLE, what, answer);
        }
        if (operation == Operation.WRITE_RETAINED && refusal.status() == 400) {
            return wrong(
                    what + "; Object Lock must be on from the bucket's creation, make a new bucket with it", answer);
        }
        return wrong(what + "; correct the settings of the bucket or of its key as the answer says", answer);
    }

    private static KraftliftFailure wrong(String message, S3Exception answer) {
        return new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, message, answer);
    }

    private static Optional<String> regionOf(S3Exception answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .flatMap(details -> details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"));
    }

    private String remedyOfDenial(Operation operation, Refusal refusal) {
        if (refusal.isAboutCredentials()) {
            return "renew the credentials of this process";
        }
        Optional<String> keyAction = refusal.missingAction().filter(action -> action.startsWith("kms:"));
        if (keyAction.isPresent()) {
            return "allow " + keyAction.get() + " on the bucket's KMS key to this role, in its policy and in the key's";
        }
        String resource = operation.isAboutTheBucket() ? "" : "/*";
        return "allow " + operation.actions + " on arn:aws:s3:::" + bucket + resource + operation.furtherActions
                + " to this role, and check the bucket's policy";
    }

    private KraftliftFailure notAnswered(Operation operation, String key, SdkClientException silence) {
        String what = place(operation, key) + " (" + silence.getMessage() + ")";
        return Silence.of(silence) == Silence.NOT_SENT
                ? new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        what + "; give this process AWS credentials by a role, a profile or the environment",
                        silence)
                : new TryAgain(FailureName.STORE_UNREACHABLE, what, silence);
    }

    private String place(Operation operation, String key) {
        return "cannot " + operation.verb + " s3://" + bucket + "/" + key;
    }
}
