package io.kraftlift.access.stores;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
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
        LIST("list", "s3:ListBucket", "");

        private final String verb;
        private final String actions;
        private final String furtherActions;

        Operation(String verb, String actions, String furtherActions) {
            this.verb = verb;
            this.actions = actions;
            this.furtherActions = furtherActions;
        }
    }

    private static final Pattern ACTION_IN_MESSAGE = Pattern.compile("not authorized to perform: ([a-z0-9-]+:\\w+)");

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
        String what = place(operation, key) + " (" + answer.statusCode() + " " + codeOf(answer) + ": "
                + reasonOf(answer) + ", request " + answer.requestId() + ")";
        if (answer.statusCode() == 403 || codeOf(answer).equals("ExpiredToken")) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, what + "; " + remedyOfDenial(operation, answer), answer);
        }
        if (codeOf(answer).equals("NoSuchBucket")) {
            return new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    what + "; make the bucket " + bucket + ", or correct s3_bucket",
                    answer);
        }
        if (answer.statusCode() == 301 || codeOf(answer).equals("AuthorizationHeaderMalformed")) {
            return new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    what + "; the bucket is in " + regionOf(answer).orElse("another region")
                            + ", set AWS_REGION to the bucket's region",
                    answer);
        }
        if (isTransient(answer)) {
            return new TryAgain(FailureName.STORE_UNREACHABLE, what, answer);
        }
        if (operation == Operation.WRITE_RETAINED && answer.statusCode() == 400) {
            return new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    what + "; Object Lock must be on from the bucket's creation, make a new bucket with it",
                    answer);
        }
        return new OperatorActionNeeded(
                FailureName.CONFIGURATION_WRONG,
                what + "; correct the settings of the bucket or of its key as the answer says",
                answer);
    }

    private static boolean isTransient(S3Exception answer) {
        return answer.statusCode() >= 500
                || answer.statusCode() == 408
                || answer.statusCode() == 409
                || answer.statusCode() == 429
                || answer.isThrottlingException()
                || DAMAGED_ON_THE_WAY.contains(codeOf(answer));
    }

    private static Optional<String> regionOf(S3Exception answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
                .flatMap(details -> details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"));
    }

    private String remedyOfDenial(Operation operation, S3Exception answer) {
        if (!codeOf(answer).equals("AccessDenied") && !codeOf(answer).equals("403")) {
            return "renew the credentials of this process";
        }
        Matcher named = ACTION_IN_MESSAGE.matcher(reasonOf(answer));
        if (named.find() && named.group(1).startsWith("kms:")) {
            return "allow " + named.group(1) + " on the bucket's KMS key to this role, in its policy and in the key's";
        }
        String resource = operation == Operation.LIST ? "" : "/*";
        return "allow " + operation.actions + " on arn:aws:s3:::" + bucket + resource + operation.furtherActions
                + " to this role, and check the bucket's policy";
    }

    private KraftliftFailure notAnswered(Operation operation, String key, SdkClientException silence) {
        String what = place(operation, key) + " (" + silence.getMessage() + ")";
        if (silence instanceof AbortedException) {
            Thread.currentThread().interrupt();
        } else if (!isNetwork(silence)) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    what + "; give this process AWS credentials by a role, a profile or the environment",
                    silence);
        }
        return new TryAgain(FailureName.STORE_UNREACHABLE, what, silence);
    }

    /** Anything that has to do with a connection is; what is left fails before anything is sent. */
    private static boolean isNetwork(SdkClientException silence) {
        if (silence.retryable()
                || silence instanceof ApiCallTimeoutException
                || silence instanceof ApiCallAttemptTimeoutException) {
            return true;
        }
        for (@Nullable Throwable cause = silence; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private String place(Operation operation, String key) {
        return "cannot " + operation.verb + " s3://" + bucket + "/" + key;
    }

    /** S3's code; an answer to HEAD has no body, so that only its status is left. */
    private static String codeOf(AwsServiceException answer) {
        String code = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorCode();
        return code == null || code.isEmpty() ? Integer.toString(answer.statusCode()) : code;
    }

    private static String reasonOf(AwsServiceException answer) {
        String reason = answer.awsErrorDetails() == null
                ? null
                : answer.awsErrorDetails().errorMessage();
        return reason == null || reason.isEmpty() ? "no reason given" : reason;
    }
}
