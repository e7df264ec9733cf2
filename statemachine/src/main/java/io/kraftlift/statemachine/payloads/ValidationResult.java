package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;

/**
 * The outcome of all five checks.
 *
 * @param outcome PASSED, WARNING or FAILED: the worst of the five checks
 */
public record ValidationResult(ObjectReference report, String outcome) {}
