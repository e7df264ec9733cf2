package io.kraftlift.replicator;

import java.time.Duration;

/**
 * How the engine weighs memory and time. Operators do not choose these.
 *
 * @param memoryBudget bytes of batches between fetch and landing above which nothing more is fetched
 * @param partitionBudget the same for one partition, so that a slow one does not starve the others
 * @param fetchBytes of one fetch
 * @param seedLinger how long a segment of the seed may wait for more, from its first byte
 * @param tailLinger the same for the tail
 * @param checkpointEvery the least time between two checkpoints while nothing asks for one
 * @param mapsEvery the least time between two writes of the changed offset maps
 * @param controlEvery how often the control object is read
 * @param leaseTime how long a lease holds without being renewed
 * @param leasePatience how long a worker waits for another's lease to run out
 * @param sourceEvery how often the source is asked whether the lane's topics are still there, and the plan's extensions are
 *     looked for
 * @param goneAfter how long the source must say that a topic is not there, or is another, before it is believed
 */
record EngineSettings(
        long memoryBudget,
        long partitionBudget,
        int fetchBytes,
        Duration seedLinger,
        Duration tailLinger,
        Duration checkpointEvery,
        Duration mapsEvery,
        Duration controlEvery,
        Duration leaseTime,
        Duration leasePatience,
        Duration sourceEvery,
        Duration goneAfter) {
    /**
     * For a task of 1 GiB: 96 MiB in hand, of which a segment being filled, one being written and those being sent are
     * made, and 8 MiB for each broker's fetch. The lease outlives four renewals that fail, and a successor waits for one
     * lease and a little more. A broker that has just started may not know a topic for a second or two; ten are well above.
     */
    static EngineSettings usual() {
        return new EngineSettings(
                96L << 20,
                32L << 20,
                8 << 20,
                Duration.ofMillis(500),
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    /**
     * Bytes in no segment yet above which nothing more is fetched: enough to keep the sealing busy while the next fetch is
     * under way, and little beside the segments.
     */
    long unsealedBudget() {
        return memoryBudget / 6;
    }
}
