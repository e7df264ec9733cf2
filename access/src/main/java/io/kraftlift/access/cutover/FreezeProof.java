package io.kraftlift.access.cutover;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.LogLook;
import io.kraftlift.core.cutover.LogMovement;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** Proves that nobody writes to the source: no log end moves during a window, and no transaction is open after it. */
public final class FreezeProof {
    /**
     * Producers that go on are heard within their linger and a round trip. Those that write more seldom than this are found
     * after the translation, when the log ends must still be the sentinels.
     */
    static final Duration WINDOW = Duration.ofMillis(300);

    private static final int NAMED_AT_MOST = 20;

    private final LogOffsets logs;
    private final LastWriters writers;
    private final Surroundings surroundings;

    public FreezeProof(Admin source, Surroundings surroundings) {
        this.logs = new LogOffsets(source, "source");
        this.writers = new LastWriters(source);
        this.surroundings = surroundings;
    }

    /**
     * Watches until the logs are still.
     *
     * @param patience how long stragglers may take to end; at least one window is watched
     * @throws OperatorActionNeeded FREEZE_NOT_PROVEN naming the partitions that still move, their offsets, and who wrote to them
     */
    public void require(Collection<PartitionId> partitions, Duration patience) throws InterruptedException {
        Instant giveUpAt = surroundings.clock().instant().plus(patience);
        LogLook before = look(partitions, patience);
        while (true) {
            surroundings.sleeper().sleep(WINDOW);
            LogLook after = look(partitions, patience);
            List<LogMovement> movements = after.movementSince(before);
            if (movements.isEmpty()) {
                return;
            }
            if (!surroundings.clock().instant().isBefore(giveUpAt)) {
                Duration watched = Duration.between(before.at(), after.at());
                throw new OperatorActionNeeded(
                        FailureName.FREEZE_NOT_PROVEN,
                        "source: log ends must be still for " + WINDOW.toMillis() + " ms, but in the last "
                                + watched.toMillis() + " ms: " + named(movements) + writers.sentence(movements)
                                + "; stop the producers of these topics, then approve the cutover again");
            }
            before = after;
        }
    }

    /** One look at ends and stable ends, asked side by side. */
    LogLook look(Collection<PartitionId> partitions, Duration timeout) throws InterruptedException {
        Instant at = surroundings.clock().instant();
        LogOffsets.Pending ends = logs.ends(partitions, timeout);
        LogOffsets.Pending stable = logs.stableEnds(partitions, timeout);
        return new LogLook(at, ends.await(), stable.await());
    }

    static String named(List<LogMovement> movements) {
        String first = movements.stream()
                .limit(NAMED_AT_MOST)
                .map(LogMovement::toString)
                .collect(Collectors.joining(", "));
        return movements.size() > NAMED_AT_MOST
                ? first + " and " + (movements.size() - NAMED_AT_MOST) + " more"
                : first;
    }
}
