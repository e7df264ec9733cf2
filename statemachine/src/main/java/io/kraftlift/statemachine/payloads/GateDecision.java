package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Decision;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code SendTaskSuccess} at a gate. The state machine refuses a decision whose digests are not the
 * current ones.
 *
 * @param approver who decided (STS ARN, or user@host in the embedded run)
 * @param ticket the change ticket; may be empty
 */
public record GateDecision(
        Decision decision,
        String approver,
        String ticket,
        Sha256 plan,
        @Nullable Sha256 report) {}
