package io.kraftlift.access.quotas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Service Quotas against a server on loopback that answers in its shapes. */
class FargateQuotaTest {
    private static final Answer NONE_OF_ITS_OWN = Answer.error(
            400, "NoSuchResourceException", "The request failed because the specified service quota does not exist.");

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final HttpStub stub = new HttpStub(request -> answers.remove());
    private final List<Duration> waits = new ArrayList<>();
    private final FargateQuota quota =
            new FargateQuota(stub.uri(), AwsEndpoint.REGION.id(), AwsEndpoint.credentials(), waits::add);

    @AfterEach
    void close() {
        quota.close();
        stub.close();
    }

    @Test
    void tellsTheAccountsQuota() throws Exception {
        answers.add(recorded("quota.json"));
        assertThat(quota.vcpus()).isEqualTo(140);
        assertThat(stub.seen())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("\"fargate\"", "\"L-3032A538\""));
    }

    @Test
    void tellsTheDefaultWhereTheAccountHasNoneOfItsOwn() throws Exception {
        answers.addAll(List.of(NONE_OF_ITS_OWN, recorded("default.json")));
        assertThat(quota.vcpus()).isEqualTo(6);
        assertThat(stub.seen().get(1).target()).isEqualTo("ServiceQuotasV20190624.GetAWSDefaultServiceQuota");
        assertThat(waits).isEmpty();
    }

    @Test
    void namesThePermissionThatIsMissing() {
        answers.add(Answer.error(
                400,
                "AccessDeniedException",
                "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform:"
                        + " servicequotas:GetServiceQuota"));
        assertThatThrownBy(quota::vcpus)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("allow servicequotas:GetServiceQuota to this role");
    }

    @Test
    void givesUpWhereItIsTooOftenAfterAllTries() {
        Answer tooOften = Answer.error(400, "TooManyRequestsException", "Too many requests");
        answers.addAll(List.of(tooOften, tooOften, tooOften));
        assertThatThrownBy(quota::vcpus)
                .isInstanceOf(TryAgain.class)
                .hasMessageContaining("servicequotas:GetServiceQuota was not answered")
                .hasMessageContaining("TooManyRequestsException");
        assertThat(waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private static Answer recorded(String file) {
        return Answer.recorded(FargateQuotaTest.class, file);
    }
}
