package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Gate;

/** A decision that was accepted at a gate, to be kept. */
public record RecordDecisionRequest(RunReference run, Gate gate, GateDecision decision) {}
