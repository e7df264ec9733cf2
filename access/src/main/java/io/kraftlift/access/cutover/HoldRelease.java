package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;

/** Gives topics of the target back the settings that were held while copying. Doing it twice does no harm. */
@FunctionalInterface
public interface HoldRelease {
    void releaseWriteHolds(MigrationRun run) throws InterruptedException;
}
