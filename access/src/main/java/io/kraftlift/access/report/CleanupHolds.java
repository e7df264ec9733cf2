package io.kraftlift.access.report;

import io.kraftlift.access.runs.MigrationRun;

/** Gives topics of the target back the retention and cleanup that were held while copying. Twice does no harm. */
@FunctionalInterface
public interface CleanupHolds {
    void releaseCleanupHolds(MigrationRun run) throws InterruptedException;
}
