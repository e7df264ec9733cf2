package io.kraftlift.core.cutover;

import java.time.Instant;

/**
 * The copy reached every sentinel, {@code results/drained.json}.
 *
 * @param attempt the freeze that it belongs to
 * @param polls looks at the checkpoints that it took
 */
public record DrainedReport(int attempt, Instant startedAt, Instant drainedAt, int lanes, int partitions, int polls) {}
