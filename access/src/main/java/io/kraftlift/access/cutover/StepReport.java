package io.kraftlift.access.cutover;

import io.kraftlift.core.stores.ObjectReference;

/**
 * What a step leaves behind.
 *
 * @param millis the step's wall time
 */
public record StepReport(ObjectReference report, long millis) {}
