package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Gate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A gate that waits for a decision, {@code gates/<gate>.json}. The only place that has the token; whoever may read the
 * object may decide.
 *
 * @param plan the digest that the decision must name as its plan
 * @param report the digest that the decision must name as its report
 * @param expiresAt when the gate is closed and opened anew, with a new token
 */
public record OpenedGate(
        Gate gate, String token, Sha256 plan, @Nullable Sha256 report, Instant openedAt, Instant expiresAt) {
    /** Without the token. */
    @Override
    public String toString() {
        return "OpenedGate[gate=" + gate + ", token=***, openedAt=" + openedAt + ", expiresAt=" + expiresAt + "]";
    }
}
