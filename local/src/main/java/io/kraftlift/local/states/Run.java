package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One run of an execution, from its start or a redrive to its end.
 *
 * @param context the {@code Execution} and {@code StateMachine} members of the context object
 */
record Run(ExecutionArn arn, History history, JsonNode context, Surroundings surroundings, QueryFunctions functions) {}
