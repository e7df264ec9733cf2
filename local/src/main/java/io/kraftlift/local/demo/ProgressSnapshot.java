package io.kraftlift.local.demo;

import io.kraftlift.statemachine.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands at one moment.
 *
 * @param title what is running: the migration's id
 * @param phases in order, those that have not begun included
 * @param doing what happens now, in a few words
 * @param frozen how long producers have been, or were, frozen; empty before the freeze
 * @param waiting the gate that waits for a person
 */
public record ProgressSnapshot(
        String title,
        List<PhaseProgress> phases,
        String doing,
        CopyProgress copy,
        Optional<Duration> frozen,
        Optional<WaitingGate> waiting) {
    public ProgressSnapshot {
        phases = List.copyOf(phases);
    }

    /** How far a phase is. */
    public enum Mark {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * One phase.
     *
     * @param taken so far; zero before it begins
     */
    public record PhaseProgress(String name, Mark mark, Duration taken) {}

    /**
     * The copy's numbers, over all lanes.
     *
     * @param bytesTotal what is known to be there to copy; 0 when nothing is known
     * @param lag offsets still to copy
     * @param eta empty when nothing moves
     * @param gaps ranges of records that the source removed before they were copied
     */
    public record CopyProgress(
            long records,
            long bytes,
            long bytesTotal,
            double recordsPerSecond,
            double bytesPerSecond,
            long lag,
            Optional<Duration> eta,
            int gaps) {
        /** Before anything was copied. */
        public static final CopyProgress NONE = new CopyProgress(0, 0, 0, 0, 0, 0, Optional.empty(), 0);
    }

    /**
     * A gate that waits for a person.
     *
     * @param question what is decided, with the numbers that matter, on one line
     */
    public record WaitingGate(Gate gate, String question) {}
}
