package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.GroupCarrier;
import io.kraftlift.access.groups.OffsetMaps;
import io.kraftlift.access.groups.SourceGroups;
import io.kraftlift.access.groups.TargetGroups;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.groups.CommitPlanner;
import io.kraftlift.core.groups.CommitRule;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupReport;
import io.kraftlift.core.groups.KnownPositions;
import io.kraftlift.core.groups.ResyncReport;
import io.kraftlift.core.groups.ResyncReport.ResyncedGroup;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Between the cutover and the client switch, consumers go on reading the source: their positions are carried over as they
 * move, forward only, and only while the target has nothing but this migration's own commits for the group.
 */
public final class GroupResync {
    static final String NAME = "resync";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A Lambda may run for 15 minutes and the state for 10; this leaves room for a slow last round. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(4);

    private final MigrationRun run;
    private final OffsetMaps maps;

    public GroupResync(MigrationRun run, OffsetMaps maps) {
        this.run = run;
        this.maps = maps;
    }

    /** Goes round until the switch is acknowledged, or some minutes have passed; returns how many offsets were committed. */
    public int untilAcknowledged(BooleanSupplier acknowledged) throws InterruptedException {
        Instant end = run.surroundings().clock().instant().plus(LONGEST_CALL);
        int committed = 0;
        // One round always comes after the acknowledgement was given: what moved just before it is carried over too.
        while (true) {
            boolean last = acknowledged.getAsBoolean();
            committed += round();
            if (last || !run.surroundings().clock().instant().isBefore(end)) {
                return committed;
            }
            run.surroundings().sleeper().sleep(PAUSE);
        }
    }

    /** Carries over what moved since the last round; returns how many offsets were committed. */
    public int round() throws InterruptedException {
        Instant now = run.surroundings().clock().instant();
        ResyncReport before = run.find(run.objects().result(NAME), ResyncReport.class)
                .orElseGet(() -> new ResyncReport(now, 0, 0, Map.of()));
        KnownPositions known = OffsetTranslation.known(run);
        before.groups().forEach((group, resynced) -> known.learn(group, resynced.report()));
        Map<GroupId, Map<PartitionId, CommittedPosition>> changed = known.changedIn(
                new SourceGroups(run.source()).snapshot(Patience.UNHURRIED).positions());
        Map<GroupId, ResyncedGroup> groups = new TreeMap<>(before.groups());
        int committed = 0;
        if (!changed.isEmpty()) {
            Freeze freeze = run.read(run.objects().result(FreezeObject.NAME), Freeze.class);
            SentinelsReport sentinels = SentinelPublication.of(run, freeze);
            Map<GroupId, GroupReport> reports = new GroupCarrier(
                            new TargetGroups(run.target()), new CommitPlanner(CommitRule.FORWARD_ONLY))
                    .carry(
                            OffsetTranslation.translated(run, maps, sentinels.ends(), changed),
                            known.ours(),
                            Patience.UNHURRIED);
            for (Map.Entry<GroupId, GroupReport> entry : reports.entrySet()) {
                committed += Math.toIntExact(entry.getValue().carriedOver());
                GroupReport earlier = groups.containsKey(entry.getKey())
                        ? groups.get(entry.getKey()).report()
                        : new GroupReport(Map.of());
                groups.put(entry.getKey(), new ResyncedGroup(now, earlier.with(entry.getValue())));
            }
        }
        run.write(
                run.objects().result(NAME),
                new ResyncReport(now, before.rounds() + 1, before.offsetsCommitted() + committed, groups));
        return committed;
    }
}
