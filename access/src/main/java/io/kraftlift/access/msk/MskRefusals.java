package io.kraftlift.access.msk;

import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.msk.MskArn;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kafka.model.KafkaException;

/** Says what an answer or a silence of the MSK API asks of whoever sees it. */
final class MskRefusals {
    /** Who we are, in a message of refused access. */
    private static final Pattern CALLER = Pattern.compile("arn:aws[a-z-]*:(?:sts|iam)::([0-9]{12}):");

    private final MskArn arn;

    MskRefusals(MskArn arn) {
        this.arn = arn;
    }

    /**
     * Makes a call, and turns every failure of the SDK into one of ours.
     *
     * @param action the permission that the call needs on the cluster
     */
    <T> T attempt(String action, Supplier<T> call) {
        return attempt(action, arn.value(), call);
    }

    /** Like the other, for an action on another resource. */
    <T> T attempt(String action, String resource, Supplier<T> call) {
        try {
            return call.get();
        } catch (KafkaException e) {
            throw answered(action, resource, e);
        } catch (SdkClientException e) {
            throw notAnswered(action, e);
        }
    }

    private KraftliftFailure answered(String action, String resource, KafkaException answer) {
        Refusal refusal = Refusal.of(answer);
        String what = "cluster_arn " + arn + ": " + action + " was refused (" + refusal + ")";
        if (refusal.isTransient()) {
            return new TryAgain(FailureName.SERVICE_UNREACHABLE, what, answer);
        }
        if (refusal.isAboutCredentials()) {
            return denied(what + "; renew the credentials of this process", answer);
        }
        if (refusal.status() == 403 || refusal.status() == 401) {
            return denied(what + "; " + remedyOfDenial(action, resource, refusal), answer);
        }
        if (refusal.status() == 404) {
            return wrong(what + "; " + remedyOfAbsence(resource), answer);
        }
        return wrong(what + "; correct the ARN, or what the answer names", answer);
    }

    private String remedyOfAbsence(String resource) {
        return resource.equals(arn.value())
                ? "account " + arn.account() + " has no such cluster in " + arn.region()
                        + ", correct the ARN's name, UUID or region"
                : "there is no " + resource + " any more";
    }

    private String remedyOfDenial(String action, String resource, Refusal refusal) {
        Matcher caller = CALLER.matcher(refusal.reason());
        if (caller.find() && !caller.group(1).equals(arn.account())) {
            return "the ARN is of account " + arn.account() + " and these credentials are of " + caller.group(1)
                    + ", use credentials of the cluster's account or a cluster policy that lets this account in";
        }
        return "allow " + refusal.missingAction().orElse(action) + " on " + resource + " to this role";
    }

    private KraftliftFailure notAnswered(String action, SdkClientException silence) {
        String what = "cluster_arn " + arn + ": " + action + " was not answered (" + silence.getMessage() + ")";
        if (hasNoAddress(silence) && !Region.regions().contains(Region.of(arn.region()))) {
            return wrong(
                    what + "; no region " + arn.region() + " is known and its MSK API has no address, correct the"
                            + " ARN's region",
                    silence);
        }
        return Silence.of(silence) == Silence.NOT_SENT
                ? denied(what + "; give this process AWS credentials by a role, a profile or the environment", silence)
                : new TryAgain(FailureName.SERVICE_UNREACHABLE, what, silence);
    }

    private static boolean hasNoAddress(SdkClientException silence) {
        for (@Nullable Throwable cause = silence; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static KraftliftFailure denied(String message, Exception cause) {
        return new OperatorActionNeeded(FailureName.ACCESS_DENIED, message, cause);
    }

    private static KraftliftFailure wrong(String message, Exception cause) {
        return new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, message, cause);
    }
}
