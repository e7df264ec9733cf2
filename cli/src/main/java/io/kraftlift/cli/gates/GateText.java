package io.kraftlift.cli.gates;

import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.screen.Quantities;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.RehearsalReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a person sees before deciding at a gate. */
record GateText(MigrationId migration, OpenedGate opened, GateReport report, Instant now) {
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Gate " + opened.gate().objectName() + " of migration " + migration + ", open for "
                + Quantities.duration(Duration.between(opened.openedAt(), now)) + ", expires in "
                + Quantities.duration(Duration.between(now, opened.expiresAt())));
        lines.add("  plan     sha256:" + opened.plan());
        if (opened.report() != null) {
            lines.add("  report   sha256:" + opened.report());
        }
        lines.add("           " + report.uri() + (report.isTheGates() ? "" : "  (NOT the one of this gate)"));
        if (report.isTheGates() && report.content().isPresent()) {
            byte[] content = report.content().get();
            String place = report.uri().toString();
            switch (opened.gate()) {
                case CUTOVER -> lines.addAll(drainReady(Documents.read(content, DrainReadyReport.class, place)));
                case PRODUCER_FREEZE -> lines.addAll(rehearsal(Documents.read(content, RehearsalReport.class, place)));
                case CLIENT_SWITCH -> lines.addAll(cutover(Documents.read(content, CutoverReport.class, place)));
            }
        }
        return lines;
    }

    private static List<String> drainReady(DrainReadyReport ready) {
        List<String> lines = new ArrayList<>(List.of(
                "  lag      largest " + Quantities.count(ready.largestLag()) + ", total "
                        + Quantities.count(ready.totalLag()) + " over " + ready.partitions() + " partitions; within"
                        + " bounds since " + ready.caughtUpSince(),
                "  copied   " + Quantities.count(ready.records()) + " records, " + Quantities.bytes(ready.bytes()),
                "  gaps     "
                        + (ready.gaps().isEmpty()
                                ? "none"
                                : Quantities.count(ready.gaps().size()))));
        if (ready.planExtensions() > 0) {
            lines.add("  grown    " + ready.planExtensions() + " extensions of the plan");
        }
        if (!ready.endings().isEmpty()) {
            lines.add("  deleted  " + Quantities.count(ready.endings().size()) + " partitions, on the source");
        }
        ready.obstacles().forEach(obstacle -> lines.add("  conflict " + obstacle));
        return lines;
    }

    private static List<String> rehearsal(RehearsalReport rehearsal) {
        return List.of(
                "  asked    that every producer of the source stands still now; approving says that it does",
                "  freeze   predicted " + Quantities.seconds(rehearsal.predictedFrozenMillis())
                        + " from then on, at most " + Quantities.seconds(rehearsal.allowedMillis()),
                "  moves    " + Quantities.count(rehearsal.groups()) + " groups with "
                        + Quantities.count(rehearsal.positions()) + " offsets, " + rehearsal.partitions()
                        + " partitions",
                "  warnings " + (rehearsal.warnings().isEmpty() ? "none" : String.join("; ", rehearsal.warnings())));
    }

    private static List<String> cutover(CutoverReport cutover) {
        return List.of(
                "  frozen   " + Quantities.seconds(cutover.frozenMillis()) + " (attempt " + cutover.attempt() + ")",
                "  moved    " + Quantities.count(cutover.groupsTranslated()) + " groups with "
                        + Quantities.count(cutover.offsetsCommitted()) + " offsets, " + cutover.partitions()
                        + " partitions",
                "  warnings " + (cutover.warnings().isEmpty() ? "none" : String.join("; ", cutover.warnings())));
    }
}
