package io.kraftlift.lambdas.claimrun;

import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** Asks Step Functions. Without the execution's data, which may have what the gates must not show. */
final class StepFunctionsOwnerStatus implements OwnerStatus {
    private final Supplier<SfnClient> clients;

    StepFunctionsOwnerStatus(Supplier<SfnClient> clients) {
        this.clients = clients;
    }

    static StepFunctionsOwnerStatus byDefaultChains() {
        return new StepFunctionsOwnerStatus(() -> SfnClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(Patience.FOR_QUESTIONS::apply)
                .build());
    }

    @Override
    public Optional<String> of(String executionArn) {
        try (SfnClient client = clients.get()) {
            return Optional.of(client.describeExecution(
                            request -> request.executionArn(executionArn).includedData(IncludedData.METADATA_ONLY))
                    .statusAsString());
        } catch (ExecutionDoesNotExistException e) {
            return Optional.empty();
        } catch (SfnException e) {
            throw refused(executionArn, Refusal.of(e), e);
        } catch (SdkClientException e) {
            throw unanswered(executionArn, e);
        }
    }

    private static KraftliftFailure refused(String executionArn, Refusal refusal, SfnException answer) {
        String what =
                "the execution " + executionArn + " has the migration, and its status must be known before another"
                        + " takes over; asking was refused (" + refusal + ")";
        return refusal.isTransient()
                ? new TryAgain(FailureName.SERVICE_UNREACHABLE, what, answer)
                : new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        what + "; allow " + refusal.missingAction().orElse("states:DescribeExecution")
                                + " to this role, or use the deployment that the execution belongs to",
                        answer);
    }

    private static KraftliftFailure unanswered(String executionArn, SdkClientException silence) {
        String what =
                "the execution " + executionArn + " has the migration, and its status must be known before another"
                        + " takes over; nobody answered (" + silence.getMessage() + ")";
        return Silence.of(silence) == Silence.NOT_SENT
                ? new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED, what + "; give this process AWS credentials and a region", silence)
                : new TryAgain(FailureName.SERVICE_UNREACHABLE, what, silence);
    }
}
