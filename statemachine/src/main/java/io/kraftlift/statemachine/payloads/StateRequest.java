package io.kraftlift.statemachine.payloads;

/** The request of a function that needs to know nothing but the run. */
public record StateRequest(RunReference run) {}
