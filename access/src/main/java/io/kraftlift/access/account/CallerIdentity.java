package io.kraftlift.access.account;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** Who asks, as AWS itself says. */
public final class CallerIdentity {
    private CallerIdentity() {}

    /**
     * The ARN of the session's user or assumed role, whose last part is the role session's name.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED when there are no credentials, or expired ones
     * @throws io.kraftlift.core.failures.TryAgain SERVICE_UNREACHABLE
     */
    public static String arn(AwsSession session) {
        String what = "AWS STS must say who decides";
        try (StsClient client = session.apply(StsClient.builder(), Patience.FOR_QUESTIONS)
                .httpClientBuilder(Apache5HttpClient.builder())
                .build()) {
            return client.getCallerIdentity().arn();
        } catch (StsException e) {
            throw AccountRefusals.answered(what, Refusal.of(e), "sts:GetCallerIdentity");
        } catch (SdkClientException e) {
            throw AccountRefusals.unanswered(what, e);
        }
    }
}
