package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Gate;
import java.time.Instant;

/**
 * A gate that nobody decided at, and that is open again, {@code results/expired-<gate>.json}.
 *
 * @param expiries how often in a row, from 1
 * @param expiresAt when it is closed the next time
 */
public record ExpiredGate(Gate gate, int expiries, Instant openedAgainAt, Instant expiresAt) {}
