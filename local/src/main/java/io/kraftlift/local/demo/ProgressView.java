package io.kraftlift.local.demo;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.local.demo.ProgressSnapshot.CopyProgress;
import io.kraftlift.local.demo.ProgressSnapshot.Mark;
import io.kraftlift.local.demo.ProgressSnapshot.PhaseProgress;
import io.kraftlift.local.demo.ProgressSnapshot.WaitingGate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A migration's progress, as its objects tell it. */
final class ProgressView {
    /** The phases of a run that ends well. */
    private static final List<Phase> ROAD = List.of(
            Phase.PLANNED,
            Phase.PRECHECK,
            Phase.TOPOLOGY_COPY,
            Phase.SEED,
            Phase.TAIL,
            Phase.DRAIN_READY,
            Phase.CUTOVER,
            Phase.AWAITING_CLIENT_SWITCH,
            Phase.VALIDATING,
            Phase.FINALIZED);

    private final MigrationRun run;
    private final Clock clock;

    ProgressView(MigrationRun run, Clock clock) {
        this.run = run;
        this.clock = clock;
    }

    /** Before the migration has begun. */
    static ProgressSnapshot before(MigrationId migration, String preparation) {
        List<PhaseProgress> phases = ROAD.stream()
                .map(phase -> new PhaseProgress(phase.word(), Mark.WAITING, Duration.ZERO))
                .toList();
        return new ProgressSnapshot(
                migration.value(), phases, preparation, CopyProgress.NONE, Optional.empty(), Optional.empty());
    }

    ProgressSnapshot snapshot(@Nullable OpenedGate waiting) {
        List<JournalEntry> journal = run.journal().entries();
        return new ProgressSnapshot(
                run.migration().value(),
                phases(journal),
                journal.isEmpty()
                        ? "claiming the migration"
                        : journal.get(journal.size() - 1).what(),
                copy(),
                frozen(),
                Optional.ofNullable(waiting).map(ProgressView::question));
    }

    /** How long each phase took, those that were entered again added up. */
    Map<Phase, Duration> durations(List<JournalEntry> journal) {
        Map<Phase, Duration> durations = new LinkedHashMap<>();
        for (int i = 0; i < journal.size(); i++) {
            JournalEntry entry = journal.get(i);
            Instant end = i + 1 < journal.size() ? journal.get(i + 1).at() : clock.instant();
            durations.merge(entry.to(), Duration.between(entry.at(), end), Duration::plus);
        }
        return durations;
    }

    private List<PhaseProgress> phases(List<JournalEntry> journal) {
        Map<Phase, Duration> durations = durations(journal);
        Phase now = journal.isEmpty()
                ? Phase.PLANNED
                : journal.get(journal.size() - 1).to();
        List<Phase> shown = new ArrayList<>(ROAD);
        if (!shown.contains(now)) {
            shown.add(now);
        }
        return shown.stream()
                .map(phase ->
                        new PhaseProgress(phase.word(), mark(phase, now), durations.getOrDefault(phase, Duration.ZERO)))
                .toList();
    }

    private static Mark mark(Phase phase, Phase now) {
        if (phase == Phase.FAILED || phase == Phase.ROLLED_BACK) {
            return Mark.FAILED;
        }
        if (phase == now) {
            return phase == Phase.FINALIZED ? Mark.DONE : Mark.RUNNING;
        }
        int at = ROAD.indexOf(now);
        return at >= 0 && ROAD.indexOf(phase) < at ? Mark.DONE : Mark.WAITING;
    }

    private CopyProgress copy() {
        Optional<LanePlans> plans = run.find(run.objects().plan("lanes.json"), LanePlans.class);
        if (plans.isEmpty()) {
            return CopyProgress.NONE;
        }
        List<LaneStatus> lanes = plans.get().lanes().stream()
                .map(LanePlan::lane)
                .map(lane -> run.find(run.objects().status(lane), LaneStatus.class))
                .flatMap(Optional::stream)
                .toList();
        long bytes = lanes.stream().mapToLong(LaneStatus::bytesCopied).sum();
        long planned = plans.get().lanes().stream()
                .flatMap(lane -> lane.partitions().stream())
                .mapToLong(partition -> partition.bytes())
                .sum();
        return new CopyProgress(
                lanes.stream().mapToLong(LaneStatus::recordsCopied).sum(),
                bytes,
                Math.max(planned, bytes),
                lanes.stream().mapToDouble(LaneStatus::recordsPerSecond).sum(),
                lanes.stream().mapToDouble(LaneStatus::bytesPerSecond).sum(),
                lanes.stream().mapToLong(LaneStatus::totalLag).sum(),
                lanes.stream()
                        .map(LaneStatus::etaSeconds)
                        .filter(seconds -> seconds >= 0)
                        .max(Long::compare)
                        .map(Duration::ofSeconds),
                lanes.stream().mapToInt(lane -> lane.gaps().size()).sum());
    }

    private Optional<Duration> frozen() {
        Optional<CutoverReport> done = run.find(run.objects().result("cutover"), CutoverReport.class);
        if (done.isPresent()) {
            return done.map(report -> Duration.ofMillis(report.frozenMillis()));
        }
        return run.find(run.objects().result("freeze"), Freeze.class)
                .filter(Freeze::isHeld)
                .map(freeze -> Duration.between(freeze.requestedAt(), clock.instant()));
    }

    private static WaitingGate question(OpenedGate gate) {
        return new WaitingGate(
                gate.gate(),
                switch (gate.gate()) {
                    case CUTOVER -> "Freeze the producers and cut over?";
                    case PRODUCER_FREEZE -> "Do the producers stand still?";
                    case CLIENT_SWITCH -> "The clients read from the target. Acknowledge?";
                });
    }
}
