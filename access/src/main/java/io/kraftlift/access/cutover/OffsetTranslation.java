package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.GroupCarrier;
import io.kraftlift.access.groups.OffsetMaps;
import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.groups.PartitionCopies;
import io.kraftlift.access.groups.SourceGroups;
import io.kraftlift.access.groups.SourceSnapshot;
import io.kraftlift.access.groups.TargetGroups;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.groups.CommitPlanner;
import io.kraftlift.core.groups.CommitRule;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupReport;
import io.kraftlift.core.groups.GroupTranslator;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.groups.KnownPositions;
import io.kraftlift.core.groups.PartitionCopy;
import io.kraftlift.core.groups.TranslatedPosition;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Carries every group's position over: snapshot, translate, commit, read back. */
public final class OffsetTranslation {
    static final String NAME = "groups";

    private final MigrationRun run;
    private final OffsetMaps maps;

    public OffsetTranslation(MigrationRun run, OffsetMaps maps) {
        this.run = run;
        this.maps = maps;
    }

    /** What the translation came to. */
    public record Outcome(
            ObjectReference report, int groupsTranslated, int offsetsCommitted, int warnings, long millis) {}

    /** Translates and commits. */
    public Outcome translate() throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        FreezeObject freezes = new FreezeObject(run);
        Freeze freeze = freezes.requireProven("translating offsets");
        Map<PartitionId, SourceOffset> ends =
                SentinelPublication.of(run, freeze).ends();
        Duration patience = Patience.within(freeze, watch.now());
        SourceSnapshot snapshot = new SourceGroups(run.source()).snapshot(patience);
        Map<GroupId, Map<PartitionId, TranslatedPosition>> translated =
                translated(run, maps, ends, snapshot.positions());
        freezes.requireProven("committing offsets");
        Map<GroupId, GroupReport> reports = new GroupCarrier(
                        new TargetGroups(run.target()), new CommitPlanner(CommitRule.CUTOVER))
                .carry(translated, known(run).ours(), patience);
        GroupsReport report =
                GroupsReport.of(freeze.attempt(), watch.startedAt(), watch.now(), reports, snapshot.skipped());
        ObjectReference reference = run.write(run.objects().result(NAME), report);
        return new Outcome(
                reference,
                report.groupsTranslated(),
                report.offsetsCommitted(),
                report.warnings().size(),
                watch.millis());
    }

    /** What an earlier translation carried over; nothing before the first. */
    static KnownPositions known(MigrationRun run) {
        KnownPositions known = new KnownPositions();
        run.find(run.objects().result(NAME), GroupsReport.class)
                .ifPresent(report -> report.groups().forEach(known::learn));
        return known;
    }

    /** Translates positions against a copy that is complete up to {@code ends}. */
    static Map<GroupId, Map<PartitionId, TranslatedPosition>> translated(
            MigrationRun run,
            OffsetMaps maps,
            Map<PartitionId, SourceOffset> ends,
            Map<GroupId, Map<PartitionId, CommittedPosition>> positions)
            throws InterruptedException {
        Map<PartitionId, PartitionCopy> copies;
        try (ParallelReads reads = new ParallelReads()) {
            Map<PartitionId, SourceOffset> durable =
                    PlannedLanes.durableTo(PlannedLanes.of(run).progress(reads));
            copies = new PartitionCopies(maps, durable, ends).read(reads, partitionsOf(positions));
        }
        copies.forEach(OffsetTranslation::requireComplete);
        return translated(positions, copies);
    }

    static Map<GroupId, Map<PartitionId, TranslatedPosition>> translated(
            Map<GroupId, Map<PartitionId, CommittedPosition>> positions, Map<PartitionId, PartitionCopy> copies) {
        GroupTranslator translator = new GroupTranslator(partition -> Optional.ofNullable(copies.get(partition)));
        Map<GroupId, Map<PartitionId, TranslatedPosition>> translated = new TreeMap<>();
        positions.forEach((group, committed) -> translated.put(group, translator.translate(committed)));
        return translated;
    }

    static Collection<PartitionId> partitionsOf(Map<GroupId, Map<PartitionId, CommittedPosition>> positions) {
        return positions.values().stream()
                .flatMap(committed -> committed.keySet().stream())
                .distinct()
                .toList();
    }

    private static void requireComplete(PartitionId partition, PartitionCopy copy) {
        SourceOffset covered = copy.map().coveredTo();
        if (!covered.equals(copy.sourceEnd()) || !copy.durableTo().equals(copy.sourceEnd())) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    partition + ": offset map and checkpoint must reach the sentinel's end " + copy.sourceEnd()
                            + ", were " + covered + " and " + copy.durableTo() + "; nothing was committed");
        }
    }
}
