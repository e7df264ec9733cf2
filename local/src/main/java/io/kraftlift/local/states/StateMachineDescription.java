package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * A state machine that was created.
 *
 * @param definition the definition as it was given
 */
public record StateMachineDescription(StateMachineArn arn, JsonNode definition, Instant creationDate) {}
