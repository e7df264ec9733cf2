package io.kraftlift.statemachine.payloads;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The part that we read of EventBridge's event "Step Functions Execution Status Change" (AWS documentation, "Automating
 * Step Functions event delivery with EventBridge"). The event has more members, and gains new ones; they are passed over.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SafetyNetRequest(Detail detail) {
    /**
     * What happened to the execution.
     *
     * @param status FAILED, TIMED_OUT or ABORTED
     * @param input the execution's input as JSON text; null when it was too large for the event
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Detail(
            @JsonProperty("executionArn") String executionArn,
            String status,
            @Nullable String input) {}
}
