package io.kraftlift.statemachine.payloads;

import org.jspecify.annotations.Nullable;

/**
 * What was sealed of an execution.
 *
 * @param history where it lies; null where the execution was none of a migration
 */
public record SealHistoryResult(@Nullable String history, int events) {}
