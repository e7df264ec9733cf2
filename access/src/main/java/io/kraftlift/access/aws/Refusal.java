package io.kraftlift.access.aws;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an error answer of an AWS service says.
 *
 * @param code the service's name of the error; the HTTP status where the answer has no body
 */
public record Refusal(int status, String code, String reason, String requestId) {
    private static final Pattern ACTION = Pattern.compile("not authorized to perform: ([a-z0-9-]+:\\w+)");

    /** Codes by which every service refuses the credentials themselves. */
    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidAccessKeyId",
            "InvalidClientTokenId",
            "InvalidToken",
            "SignatureDoesNotMatch",
            "InvalidSignatureException",
            "UnrecognizedClientException",
            "RequestTimeTooSkewed");

    public static Refusal of(AwsServiceException answer) {
        @Nullable AwsErrorDetails details = answer.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        @Nullable String reason = details == null ? null : details.errorMessage();
        return new Refusal(
                answer.statusCode(),
                code == null || code.isEmpty() ? Integer.toString(answer.statusCode()) : code,
                reason == null || reason.isEmpty() ? "no reason given" : reason,
                String.valueOf(answer.requestId()));
    }

    /** Whether the credentials are refused and not what they may do. */
    public boolean isAboutCredentials() {
        return CREDENTIALS.contains(code);
    }

    /** The action that the answer names as missing. */
    public Optional<String> missingAction() {
        Matcher named = ACTION.matcher(reason);
        return named.find() ? Optional.of(named.group(1)) : Optional.empty();
    }

    /** Whether the same call may succeed later. */
    public boolean isTransient() {
        return status >= 500 || status == 408 || status == 409 || status == 429 || code.startsWith("Throttl");
    }

    /** For a message; without what was sent. */
    @Override
    public String toString() {
        return status + " " + code + ": " + reason + ", request " + requestId;
    }
}
