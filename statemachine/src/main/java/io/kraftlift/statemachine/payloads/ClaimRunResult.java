package io.kraftlift.statemachine.payloads;

/**
 * The run has its migration.
 *
 * @param resumed whether an earlier execution had this migration before
 * @param fingerprint of the configuration, 64 hexadecimal digits
 */
public record ClaimRunResult(boolean resumed, String fingerprint) {}
