package io.kraftlift.local.demo;

import java.nio.file.Path;

/**
 * What the demonstration is asked to do.
 *
 * @param directory the run folder; everything that the run writes lies in it
 * @param scale the amount of data, 1 is about 200 MB; above 0
 * @param approval who decides at the gates
 * @param ending what becomes of the brokers at the end
 */
public record DemoOptions(Path directory, double scale, Approval approval, Ending ending) {
    public DemoOptions {
        if (!(scale > 0) || scale > 1_000) {
            throw new IllegalArgumentException("--scale: must be above 0 and at most 1000, was " + scale);
        }
    }

    /** Who decides at the gates. */
    public enum Approval {
        /** A person, here or through another terminal. */
        ASKED,
        /** The run itself, at once. */
        GIVEN
    }

    /** What becomes of the brokers and the run folder. */
    public enum Ending {
        /** Brokers stop when the run ends. */
        STOP,
        /** Brokers stay up until the process is interrupted, to look around. */
        KEEP
    }
}
