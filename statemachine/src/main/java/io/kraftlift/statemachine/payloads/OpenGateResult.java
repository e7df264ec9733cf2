package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Gate;
import java.time.Instant;

/** The gate is open; the state waits for its token. */
public record OpenGateResult(Gate gate, Instant expiresAt) {}
