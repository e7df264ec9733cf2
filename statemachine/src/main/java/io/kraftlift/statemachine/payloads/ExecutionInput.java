package io.kraftlift.statemachine.payloads;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The part of an execution's input that says which run it is. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ExecutionInput(RunReference run) {}
