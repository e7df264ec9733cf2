package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.MigrationRun;

/**
 * Brings to a halt what a migration does before its commit: the freeze is moved out of reach of a commit, producers go on,
 * the tail stops. Doing it twice does no harm.
 */
public final class MigrationHalt {
    private MigrationHalt() {}

    /**
     * Halts.
     *
     * @param step who asks, for the message
     * @return whether this let producers go on
     * @throws io.kraftlift.core.failures.OperatorActionNeeded COMMIT_ALREADY_MADE after the cutover, FREEZE_REFUSED when the
     *     producers' side does not answer; then producers may still be frozen, and the tail stops all the same
     */
    public static boolean of(MigrationRun run, String step) throws InterruptedException {
        CutoverProgress.requireNotCommitted(run, step);
        try {
            return new ProducerRelease(run).releaseOrTell();
        } finally {
            new ControlObject(run).stop();
        }
    }
}
