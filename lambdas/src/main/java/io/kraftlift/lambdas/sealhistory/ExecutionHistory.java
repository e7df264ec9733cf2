package io.kraftlift.lambdas.sealhistory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.SfnException;

/**
 * What Step Functions keeps of an execution: which states it entered and left, and when. Inputs and outputs are not asked
 * for, because those of the gates have task tokens.
 */
final class ExecutionHistory {
    private final SfnClient client;

    ExecutionHistory(SfnClient client) {
        this.client = client;
    }

    static SfnClient byDefaultChains() {
        return SfnClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(Duration.ofSeconds(5)))
                .overrideConfiguration(Patience.FOR_QUESTIONS::apply)
                .build();
    }

    /**
     * The whole history, oldest event first.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED
     * @throws TryAgain SERVICE_UNREACHABLE
     */
    ObjectNode of(String executionArn) {
        try {
            return read(executionArn);
        } catch (SfnException e) {
            throw refused(executionArn, Refusal.of(e), e);
        } catch (SdkClientException e) {
            throw unanswered(executionArn, e);
        }
    }

    private ObjectNode read(String executionArn) {
        DescribeExecutionResponse execution = client.describeExecution(
                request -> request.executionArn(executionArn).includedData(IncludedData.METADATA_ONLY));
        ObjectNode history = Documents.mapper().createObjectNode();
        history.put("execution", executionArn);
        history.put("state_machine", execution.stateMachineArn());
        putUnlessNull(history, "state_machine_version", execution.stateMachineVersionArn());
        history.put("status", execution.statusAsString());
        history.put("redrives", execution.redriveCount() == null ? 0 : execution.redriveCount());
        putUnlessNull(history, "started_at", textOf(execution.startDate()));
        putUnlessNull(history, "stopped_at", textOf(execution.stopDate()));
        ArrayNode events = history.putArray("events");
        client.getExecutionHistoryPaginator(request -> request.executionArn(executionArn)
                        .includeExecutionData(false)
                        .maxResults(1_000))
                .events()
                .forEach(event -> add(events.addObject(), event));
        return history;
    }

    private static void add(ObjectNode to, HistoryEvent event) {
        to.put("id", event.id());
        to.put("previous", event.previousEventId());
        to.put("at", event.timestamp().toString());
        to.put("type", event.typeAsString());
        if (event.stateEnteredEventDetails() != null) {
            putUnlessNull(to, "state", event.stateEnteredEventDetails().name());
        } else if (event.stateExitedEventDetails() != null) {
            putUnlessNull(to, "state", event.stateExitedEventDetails().name());
        }
    }

    private static @Nullable String textOf(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static void putUnlessNull(ObjectNode to, String name, @Nullable String value) {
        if (value != null) {
            to.put(name, value);
        }
    }

    private static KraftliftFailure refused(String executionArn, Refusal refusal, SfnException answer) {
        String what = "the history of " + executionArn + " must be readable, was refused (" + refusal + ")";
        if (refusal.isTransient()) {
            return new TryAgain(FailureName.SERVICE_UNREACHABLE, what, answer);
        }
        return new OperatorActionNeeded(
                FailureName.ACCESS_DENIED,
                what + "; allow "
                        + refusal.missingAction().orElse("states:DescribeExecution and states:GetExecutionHistory")
                        + " to this role",
                answer);
    }

    private static KraftliftFailure unanswered(String executionArn, SdkClientException silence) {
        String what = "the history of " + executionArn + " must be readable, was not (" + silence.getMessage() + ")";
        if (Silence.of(silence) == Silence.NOT_SENT) {
            return new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, what + "; give this process AWS credentials and a region", silence);
        }
        return new TryAgain(FailureName.SERVICE_UNREACHABLE, what, silence);
    }
}
