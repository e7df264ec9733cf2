package io.kraftlift.local.demo;

import io.kraftlift.core.validation.Outcome;
import java.util.List;

/**
 * What a run came to.
 *
 * @param records on the target, put there by the copy
 * @param bytes of record batches, put there by the copy
 * @param phases with the time each took, in order
 * @param frozenMillis how long producers were frozen
 * @param frozenParts the same, part by part, in order
 * @param groups consumer groups that were moved
 * @param checks of the validation, in order
 * @param evidence the path of the evidence file
 */
public record DemoSummary(
        String migration,
        int topics,
        int partitions,
        long records,
        long bytes,
        List<Part> phases,
        long frozenMillis,
        List<Part> frozenParts,
        int groups,
        List<Check> checks,
        ConsumerTally consumer,
        String evidence) {
    public DemoSummary {
        phases = List.copyOf(phases);
        frozenParts = List.copyOf(frozenParts);
        checks = List.copyOf(checks);
    }

    /** A part of the time. */
    public record Part(String name, long millis) {}

    /**
     * A check of the validation.
     *
     * @param reason the first that speaks against PASSED; empty for PASSED
     */
    public record Check(String name, Outcome outcome, String reason) {}

    /**
     * What the live consumer saw, which read on from the source to the target.
     *
     * @param produced records that the live producer wrote and committed
     * @param seen different records that the consumer read
     * @param missing records that it never read
     * @param repeated readings of a record that it had read before
     */
    public record ConsumerTally(long produced, long seen, long missing, long repeated) {
        public boolean exactlyOnce() {
            return missing == 0 && repeated == 0 && seen == produced;
        }
    }

    /** The worst of the checks; a record that the live consumer missed or read twice is a failure too. */
    public Outcome overall() {
        Outcome worst = Outcome.worst(checks.stream().map(Check::outcome).toList());
        return consumer.exactlyOnce() ? worst : Outcome.FAILED;
    }
}
