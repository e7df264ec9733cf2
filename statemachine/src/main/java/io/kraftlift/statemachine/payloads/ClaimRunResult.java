package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Mode;

/**
 * The run has its migration.
 *
 * @param run with what it has claimed; the states after it go by this one
 * @param resumed whether an earlier execution had this migration before
 * @param clearTarget whether what was made on the target is to be cleared first
 * @param cutover NOT_COMMITTED, COMMITTED or SWITCHED: how far an earlier execution came with the cutover
 * @param fingerprint of the configuration, 64 hexadecimal digits
 * @param fullValidation whether the target's whole log is read and compared
 * @param freezeByHand whether a person stops the producers, because no webhook is configured
 */
public record ClaimRunResult(
        RunReference run,
        Mode mode,
        boolean resumed,
        boolean clearTarget,
        String cutover,
        String fingerprint,
        MachineTimings timings,
        boolean fullValidation,
        boolean freezeByHand) {}
