package io.kraftlift.statemachine.payloads;

/**
 * What the safety net did.
 *
 * @param responsible whether the execution had the migration; if not, nothing was done
 * @param unfrozen whether producers were let go on
 */
public record SafetyNetResult(boolean responsible, boolean unfrozen) {}
