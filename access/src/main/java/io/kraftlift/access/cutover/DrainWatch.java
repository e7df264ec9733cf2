package io.kraftlift.access.cutover;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.DrainWindow;
import io.kraftlift.core.cutover.LagLook;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the lag, once a call, until it has been small for the stable window. */
public final class DrainWatch {
    /** Phases in which the tail is known to run. */
    private static final Set<Phase> TAILING = Set.of(Phase.TAIL, Phase.DRAIN_READY);

    private final MigrationRun run;

    public DrainWatch(MigrationRun run) {
        this.run = run;
    }

    /**
     * One look's outcome.
     *
     * @param report only when ready
     */
    public record Outcome(
            boolean ready,
            long largestLag,
            long totalLag,
            @Nullable ObjectReference report) {}

    /** Ends the stable window: what is to be approved next is seen anew. */
    static void startOver(MigrationRun run) {
        run.write(windowOf(run), DrainWindow.empty());
    }

    private static ObjectKey windowOf(MigrationRun run) {
        return run.objects().result("drain-window");
    }

    /** Looks once, with nothing known of partitions that came. */
    public Outcome look() throws InterruptedException {
        return look(Optional.of(SourceGrowth.NOTHING));
    }

    /**
     * Looks once.
     *
     * @param growth what was seen of partitions that came to the source; empty when the source could not be looked at: then
     *     nobody knows whether everything is copied
     */
    public Outcome look(Optional<SourceGrowth.Look> growth) throws InterruptedException {
        journalTheTail(run);
        PlannedLanes lanes = PlannedLanes.of(run);
        Map<LaneId, LaneStatus> statuses;
        try (ParallelReads reads = new ParallelReads()) {
            statuses = lanes.statuses(reads);
        }
        CutoverSettings settings = run.config().cutover();
        Instant now = run.surroundings().clock().instant();
        LagLook look = LagLook.at(now, lanes.plans(), statuses);
        ObjectKey windowKey = windowOf(run);
        DrainWindow window = run.find(windowKey, DrainWindow.class)
                .orElseGet(DrainWindow::empty)
                .after(now, growth.isPresent() && look.isWithin(settings.drainMaxPartitionLag()));
        run.write(windowKey, window);
        if (growth.isEmpty() || !window.isStable(settings.drainStableWindow())) {
            return new Outcome(false, look.largestLag(), look.totalLag(), null);
        }
        DrainReadyReport report = reportOf(now, Objects.requireNonNull(window.caughtUpSince()), look, statuses)
                .with(
                        statuses.values().stream()
                                .flatMap(status -> status.endings().stream())
                                .toList(),
                        lanes.extensions(),
                        growth.get().conflicts());
        ObjectReference reference = run.write(run.objects().result("drain-ready"), report);
        run.journal()
                .append(
                        Phase.DRAIN_READY,
                        "drain_ready",
                        Map.of(
                                "max_partition_lag", Long.toString(look.largestLag()),
                                "replayed_records", Long.toString(report.records()),
                                "replayed_bytes", Long.toString(report.bytes())));
        return new Outcome(true, look.largestLag(), look.totalLag(), reference);
    }

    /** Notes that the tail runs, unless the last entry says so. */
    static void journalTheTail(MigrationRun run) {
        List<JournalEntry> entries = run.journal().entries();
        if (entries.isEmpty()
                || !TAILING.contains(entries.get(entries.size() - 1).to())) {
            run.journal().append(Phase.TAIL, "tail", Map.of());
        }
    }

    private static DrainReadyReport reportOf(
            Instant now, Instant caughtUpSince, LagLook look, Map<LaneId, LaneStatus> statuses) {
        Collection<LaneStatus> all = statuses.values();
        Map<PartitionId, Long> lagging = new TreeMap<>();
        int partitions = 0;
        for (LaneStatus status : all) {
            partitions += status.partitions().size();
            for (Map.Entry<PartitionId, PartitionStatus> entry :
                    status.partitions().entrySet()) {
                if (entry.getValue().lag() > 0) {
                    lagging.put(entry.getKey(), entry.getValue().lag());
                }
            }
        }
        List<Gap> gaps = all.stream().flatMap(status -> status.gaps().stream()).toList();
        return new DrainReadyReport(
                now,
                caughtUpSince,
                look.largestLag(),
                look.totalLag(),
                all.stream().mapToLong(LaneStatus::recordsCopied).sum(),
                all.stream().mapToLong(LaneStatus::bytesCopied).sum(),
                all.stream().mapToDouble(LaneStatus::recordsPerSecond).sum(),
                all.stream().mapToDouble(LaneStatus::bytesPerSecond).sum(),
                all.size(),
                partitions,
                lagging,
                gaps);
    }
}
