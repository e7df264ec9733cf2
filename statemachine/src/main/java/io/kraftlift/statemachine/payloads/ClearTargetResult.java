package io.kraftlift.statemachine.payloads;

/**
 * The target is cleared.
 *
 * @param run in the restart that begins now
 * @param topics how many were deleted
 */
public record ClearTargetResult(RunReference run, int topics) {}
