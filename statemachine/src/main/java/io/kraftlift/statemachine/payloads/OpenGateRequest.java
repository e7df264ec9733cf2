package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Gate;
import org.jspecify.annotations.Nullable;

/**
 * A gate is to be opened.
 *
 * @param token the task token; stored in a private object and nowhere else
 * @param plan digest of the plan that the decision is about
 * @param report digest of the drain-ready, rehearsal or cutover report that the decision is about
 * @param expiries how often in a row this gate was closed without a decision before
 */
public record OpenGateRequest(
        RunReference run,
        Gate gate,
        String token,
        Sha256 plan,
        @Nullable Sha256 report,
        int expiries) {
    /** Without the token. */
    @Override
    public String toString() {
        return "OpenGateRequest[run=" + run + ", gate=" + gate + ", token=***]";
    }
}
