package io.kraftlift.statemachine.payloads;

/**
 * The run has its migration.
 *
 * @param resumed whether an earlier execution had this migration before
 * @param fingerprint of the configuration, 64 hexadecimal digits
 * @param fullValidation whether the target's whole log is read and compared
 * @param freezeByHand whether a person stops the producers, because no webhook is configured
 */
public record ClaimRunResult(
        boolean resumed, String fingerprint, MachineTimings timings, boolean fullValidation, boolean freezeByHand) {}
