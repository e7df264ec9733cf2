package io.kraftlift.access.account;

import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says what a refusal or a silence of AWS asks of the person at the command line. */
public final class AccountRefusals {
    private AccountRefusals() {}

    /**
     * For an answer that refuses.
     *
     * @param what what was asked, and of whom
     * @param action the permission that it needs
     */
    public static KraftliftFailure answered(String what, Refusal refusal, String action) {
        String refused = what + ", was refused (" + refusal + ")";
        if (refusal.isTransient()) {
            return new TryAgain(FailureName.SERVICE_UNREACHABLE, refused + "; try again in a minute");
        }
        String remedy = refusal.isAboutCredentials()
                ? "the credentials are expired or wrong: sign in again, or give another --profile"
                : "allow " + refusal.missingAction().orElse(action)
                        + " to whom \"aws sts get-caller-identity\" names, or give another --profile";
        return new OperatorActionNeeded(FailureName.ACCESS_DENIED, refused + "; " + remedy);
    }

    /** For no answer at all. */
    public static KraftliftFailure unanswered(String what, SdkClientException silence) {
        if (Silence.of(silence) == Silence.NOT_SENT) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    what + ", could not be (" + inShort(silence)
                            + "); give AWS credentials and a region: by --profile and --region, or by the environment",
                    silence);
        }
        return silent(what, silence);
    }

    /** Without the list of every place that was looked at. */
    private static String inShort(SdkClientException silence) {
        return String.valueOf(silence.getMessage()).replaceFirst("(?s) in the chain .*", "");
    }

    /** For a connection that was not made, or broke. */
    static TryAgain silent(String what, Exception silence) {
        return new TryAgain(
                FailureName.SERVICE_UNREACHABLE,
                what + ", did not answer (" + silence.getClass().getSimpleName() + ": " + silence.getMessage()
                        + "); is the region right, and the network up?",
                silence);
    }
}
