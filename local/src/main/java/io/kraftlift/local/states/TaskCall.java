package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a Task.
 *
 * @param arguments the evaluated {@code Arguments}, or the state's input where the Task has none
 * @param token what answers the Task; null unless the resource ends in {@code .waitForTaskToken}
 * @param execution the execution that the Task belongs to
 * @param stateName the name of the Task state
 */
public record TaskCall(JsonNode arguments, @Nullable TaskToken token, ExecutionArn execution, String stateName) {}
