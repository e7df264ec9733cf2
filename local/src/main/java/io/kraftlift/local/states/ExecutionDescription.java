package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an execution at one moment.
 *
 * @param stopDate null while it runs
 * @param output null unless it succeeded
 * @param error null unless it failed, timed out, or was stopped with an error
 * @param cause like {@code error}
 * @param redriveCount how often it was redriven, from 0
 * @param redriveDate null unless it was redriven
 */
public record ExecutionDescription(
        ExecutionArn arn,
        ExecutionStatus status,
        Instant startDate,
        @Nullable Instant stopDate,
        JsonNode input,
        @Nullable JsonNode output,
        @Nullable String error,
        @Nullable String cause,
        int redriveCount,
        @Nullable Instant redriveDate) {}
