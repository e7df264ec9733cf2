package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;

/**
 * The result of a cutover step: where its report is, and how long it took.
 *
 * @param millis wall time of the step
 */
public record ReportResult(ObjectReference report, long millis) {}
