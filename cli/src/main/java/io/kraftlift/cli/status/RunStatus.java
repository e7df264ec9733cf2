package io.kraftlift.cli.status;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.Gate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a run is doing.
 *
 * @param execution the status that Step Functions says
 * @param phase where the journal stands; empty before its first entry
 * @param since since when it stands there
 * @param last the journal's last sentence
 * @param waiting gates that wait for a person
 * @param lagging the partitions with the largest lag, largest first
 * @param partitionLags every partition's lag in offsets
 * @param lanes lanes that have said how they are doing
 * @param etaSeconds the slowest lane's; empty when nothing moves
 * @param gaps source records that were removed before they could be copied
 * @param ended partitions whose topic is no more on the source, with how far they were copied
 * @param next what is expected next, and of whom
 * @param command what to type for it; empty when nothing is to be typed
 */
public record RunStatus(
        MigrationId migration,
        String execution,
        Optional<String> cause,
        Optional<Phase> phase,
        Optional<Instant> since,
        String last,
        List<Gate> waiting,
        List<PartitionLag> lagging,
        Map<PartitionId, Long> partitionLags,
        int lanes,
        int partitions,
        long records,
        long bytes,
        double recordsPerSecond,
        double bytesPerSecond,
        long largestLag,
        long totalLag,
        Optional<Long> etaSeconds,
        List<Gap> gaps,
        List<Ended> ended,
        String next,
        Optional<String> command) {
    /** More do not fit on a screen. */
    private static final int MOST_PARTITIONS = 10;

    /** A partition's lag in offsets. */
    public record PartitionLag(PartitionId partition, long lag) {}

    /** What the journal, the execution and the gates say. */
    record Course(
            MigrationId migration,
            String execution,
            Optional<String> cause,
            Optional<Phase> phase,
            Optional<Instant> since,
            String last,
            List<Gate> waiting) {}

    /** Adds up what every lane says. */
    static RunStatus of(Course course, List<LaneStatus> lanes, NextAction next) {
        Map<PartitionId, Long> lags = new TreeMap<>();
        lanes.forEach(lane -> lane.partitions().forEach((partition, status) -> lags.put(partition, status.lag())));
        List<PartitionLag> lagging = lags.entrySet().stream()
                .map(entry -> new PartitionLag(entry.getKey(), entry.getValue()))
                .filter(partition -> partition.lag() > 0)
                .sorted(Comparator.comparingLong(PartitionLag::lag).reversed().thenComparing(PartitionLag::partition))
                .limit(MOST_PARTITIONS)
                .toList();
        return new RunStatus(
                course.migration(),
                course.execution(),
                course.cause(),
                course.phase(),
                course.since(),
                course.last(),
                List.copyOf(course.waiting()),
                lagging,
                lags,
                lanes.size(),
                lanes.stream().mapToInt(lane -> lane.partitions().size()).sum(),
                lanes.stream().mapToLong(LaneStatus::recordsCopied).sum(),
                lanes.stream().mapToLong(LaneStatus::bytesCopied).sum(),
                lanes.stream().mapToDouble(LaneStatus::recordsPerSecond).sum(),
                lanes.stream().mapToDouble(LaneStatus::bytesPerSecond).sum(),
                lanes.stream().mapToLong(LaneStatus::largestLag).max().orElse(0),
                lanes.stream().mapToLong(LaneStatus::totalLag).sum(),
                lanes.stream()
                        .map(LaneStatus::etaSeconds)
                        .filter(eta -> eta >= 0)
                        .max(Comparator.naturalOrder()),
                lanes.stream().flatMap(lane -> lane.gaps().stream()).toList(),
                lanes.stream().flatMap(lane -> lane.endings().stream()).toList(),
                next.what(),
                next.command());
    }
}
