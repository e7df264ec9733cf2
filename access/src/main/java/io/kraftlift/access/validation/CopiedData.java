package io.kraftlift.access.validation;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupTranslator;
import io.kraftlift.core.groups.PartitionCopy;
import io.kraftlift.core.groups.TranslatedPosition;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.validation.CopiedPartition;
import io.kraftlift.core.validation.CopiedPartition.Copy;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.CopiedPartition.MapRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the migration's objects say was planned and copied: lanes, checkpoints, offset maps. */
final class CopiedData {
    private final Map<LaneId, LanePlan> lanes = new TreeMap<>();
    private final Map<LaneId, Checkpoint> checkpoints = new TreeMap<>();
    private final Map<PartitionId, PartitionProgress> progress = new TreeMap<>();
    private final Map<PartitionId, OffsetMap> maps = new TreeMap<>();

    private CopiedData() {}

    /**
     * Reads everything.
     *
     * @throws io.kraftlift.core.failures.InvariantBroken OBJECT_DAMAGED when an object is not as it was written
     */
    static CopiedData read(MigrationRun run) throws InterruptedException {
        CopiedData data = new CopiedData();
        LanePlans plans = new StoredLanes(run.backup(), run.objects()).read().plans();
        for (LanePlan lane : plans.lanes()) {
            data.lanes.put(lane.lane(), lane);
            run.find(run.objects().checkpoint(lane.lane()), Checkpoint.class).ifPresent(checkpoint -> {
                data.checkpoints.put(lane.lane(), checkpoint);
                data.progress.putAll(checkpoint.partitions());
            });
        }
        StoredOffsetMaps stored = new StoredOffsetMaps(run.backup(), run.objects());
        try (ParallelReads reads = new ParallelReads()) {
            data.maps.putAll(reads.read(data.planned(), stored::find));
        }
        return data;
    }

    Map<LaneId, LanePlan> lanes() {
        return lanes;
    }

    Optional<Checkpoint> checkpoint(LaneId lane) {
        return Optional.ofNullable(checkpoints.get(lane));
    }

    Set<PartitionId> planned() {
        Set<PartitionId> planned = new TreeSet<>();
        lanes.values().forEach(lane -> planned.addAll(partitionsOf(lane)));
        return planned;
    }

    /** The planned partitions, with the ids of their topics. */
    List<LanePartition> plannedPartitions() {
        return lanes.values().stream()
                .flatMap(lane -> lane.partitions().stream())
                .toList();
    }

    /** The planned partitions whose copy has ended because their topic was no more on the source. */
    Map<PartitionId, Ended> ended() {
        Map<PartitionId, Ended> ended = new TreeMap<>();
        checkpoints
                .values()
                .forEach(checkpoint -> checkpoint.ended().forEach(ending -> ended.put(ending.partition(), ending)));
        return ended;
    }

    /** The planned partitions that were copied up to the cutover. */
    Set<PartitionId> live() {
        Set<PartitionId> live = planned();
        live.removeAll(ended().keySet());
        return live;
    }

    Set<TopicName> topics() {
        Set<TopicName> topics = new TreeSet<>();
        planned().forEach(partition -> topics.add(partition.topic()));
        return topics;
    }

    static Set<PartitionId> partitionsOf(LanePlan lane) {
        Set<PartitionId> partitions = new TreeSet<>();
        lane.partitions().forEach(partition -> partitions.add(partition.partition()));
        return partitions;
    }

    /** Records copied of a partition; 0 when no checkpoint names it. */
    long recordsOf(PartitionId partition) {
        @Nullable PartitionProgress found = progress.get(partition);
        return found == null ? 0 : found.records();
    }

    Optional<OffsetMap> map(PartitionId partition) {
        return Optional.ofNullable(maps.get(partition));
    }

    /** Where the record at a source offset was copied to; empty when no record was copied from there. */
    Optional<TargetOffset> copyOf(PartitionId partition, SourceOffset source) {
        return map(partition)
                .flatMap(map -> map.translate(source)
                        .fold(new Translation.Cases<>(
                                exact -> Optional.of(exact.target()),
                                survivor -> Optional.<TargetOffset>empty(),
                                end -> Optional.<TargetOffset>empty(),
                                below -> Optional.<TargetOffset>empty(),
                                unknown -> Optional.<TargetOffset>empty())));
    }

    /** What the copy makes of a source offset that it must be beyond: the end of the copy when it has nothing from there on. */
    Translation endAt(PartitionId partition, SourceOffset source) {
        @Nullable OffsetMap map = maps.get(partition);
        @Nullable PartitionProgress copied = progress.get(partition);
        if (map == null || copied == null) {
            return new Translation.Unknown(partition + ": there is no offset map or no checkpoint");
        }
        SourceOffset known = map.coveredTo().compareTo(copied.sourceNext()) < 0 ? map.coveredTo() : copied.sourceNext();
        return known.compareTo(source) <= 0
                ? new Translation.Unknown(partition + ": the copy is known up to " + known + ", exclusive")
                : map.translate(source, known);
    }

    /**
     * Where a group that committed {@code source} continues on the target; empty when it cannot be said.
     *
     * @param ends the source's ends at the cutover
     */
    Optional<TargetOffset> placeOf(PartitionId partition, SourceOffset source, Map<PartitionId, SourceOffset> ends) {
        GroupTranslator translator = new GroupTranslator(asked -> {
            @Nullable OffsetMap map = maps.get(asked);
            @Nullable PartitionProgress copied = progress.get(asked);
            @Nullable SourceOffset end = ends.get(asked);
            return map == null || copied == null || end == null
                    ? Optional.empty()
                    : Optional.of(new PartitionCopy(map, copied.sourceNext(), end));
        });
        return translator.translate(Map.of(partition, new CommittedPosition(source, ""))).values().stream()
                .flatMap(translated -> translated instanceof TranslatedPosition.Found found
                        ? Stream.of(found.target())
                        : Stream.empty())
                .findFirst();
    }

    List<CopiedPartition> partitions(Map<PartitionId, LogRange> source, Map<PartitionId, LogRange> target) {
        Map<PartitionId, Ended> ended = ended();
        List<CopiedPartition> partitions = new ArrayList<>();
        for (PartitionId partition : planned()) {
            partitions.add(new CopiedPartition(
                    partition,
                    copyOf(partition),
                    source.get(partition),
                    target.get(partition),
                    gapsOf(partition),
                    ended.get(partition)));
        }
        return partitions;
    }

    private @Nullable Copy copyOf(PartitionId partition) {
        @Nullable PartitionProgress found = progress.get(partition);
        if (found == null) {
            return null;
        }
        @Nullable OffsetMap map = maps.get(partition);
        @Nullable
        MapRange range = map == null ? null : new MapRange(map.coveredTo(), map.targetStart(), map.targetNext());
        return new Copy(found.sourceNext(), found.targetNext(), found.records(), range);
    }

    private List<Gap> gapsOf(PartitionId partition) {
        return checkpoints.values().stream()
                .flatMap(checkpoint -> checkpoint.gaps().stream())
                .filter(gap -> gap.partition().equals(partition))
                .distinct()
                .toList();
    }
}
