package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;

/** The decision is kept. */
public record RecordDecisionResult(Gate gate, Decision decision) {}
