package io.kraftlift.statemachine.payloads;

/** The acknowledgement of the client switch, to be kept and to end the resync. */
public record RecordAcknowledgementRequest(RunReference run, GateDecision decision) {}
