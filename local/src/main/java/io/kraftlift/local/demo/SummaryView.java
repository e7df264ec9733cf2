package io.kraftlift.local.demo;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.ValidationReport;
import io.kraftlift.local.demo.DemoSummary.Check;
import io.kraftlift.local.demo.DemoSummary.ConsumerTally;
import io.kraftlift.local.demo.DemoSummary.Part;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.local.workload.DemoContents;
import io.kraftlift.local.workload.LiveConsumer;
import io.kraftlift.local.workload.LiveTally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The summary of a run that is over, from what it left in its stores. */
final class SummaryView {
    private final MigrationRun run;
    private final DemoContents contents;

    SummaryView(MigrationRun run, DemoContents contents) {
        this.run = run;
        this.contents = contents;
    }

    /**
     * Sums up.
     *
     * @param acknowledged records of the live producer, by partition
     * @throws OperatorActionNeeded when the execution did not succeed, with its error
     * @throws InvariantBroken OBJECT_DAMAGED when the evidence does not verify
     */
    DemoSummary summary(ExecutionDescription end, Map<Integer, Long> acknowledged, LiveConsumer consumer) {
        if (end.status() != ExecutionStatus.SUCCEEDED) {
            throw new OperatorActionNeeded(
                    FailureName.VALIDATION_FAILED,
                    "the execution ended " + end.status() + " with " + end.error() + ": " + end.cause()
                            + "; the run folder has its journal and its workers' logs");
        }
        if (run.find(run.objects().result("validation"), ValidationReport.class).isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.VALIDATION_FAILED,
                    "the cutover was rejected and the migration rolled back; start the demo again to try it once more");
        }
        CutoverReport cutover = run.read(run.objects().result("cutover"), CutoverReport.class);
        List<PartitionProgress> copied = copied();
        Path evidence = Path.of(run.evidence().root())
                .resolve(run.objects().evidence("evidence.json").value());
        requireGenuine(evidence);
        return new DemoSummary(
                run.migration().value(),
                contents.topics().size(),
                copied.size(),
                copied.stream().mapToLong(PartitionProgress::records).sum(),
                copied.stream().mapToLong(PartitionProgress::bytes).sum(),
                phases(),
                cutover.frozenMillis(),
                parts(cutover),
                run.read(run.objects().result("groups"), GroupsReport.class).groupsTranslated(),
                checks(run.read(run.objects().result("validation"), ValidationReport.class)),
                tally(acknowledged, consumer),
                evidence.toString());
    }

    private List<PartitionProgress> copied() {
        return run.read(run.objects().plan("lanes.json"), LanePlans.class).lanes().stream()
                .map(lane -> run.read(run.objects().checkpoint(lane.lane()), Checkpoint.class))
                .flatMap(checkpoint -> checkpoint.partitions().values().stream())
                .toList();
    }

    private List<Part> phases() {
        List<Part> parts = new ArrayList<>();
        new ProgressView(run, Clock.systemUTC())
                .durations(run.journal().entries())
                .forEach((phase, taken) -> parts.add(new Part(phase.word(), taken.toMillis())));
        return parts;
    }

    private static List<Part> parts(CutoverReport cutover) {
        return CutoverReport.partsOf(cutover.timeline()).entrySet().stream()
                .map(part -> new Part(part.getKey(), part.getValue()))
                .toList();
    }

    private static List<Check> checks(ValidationReport report) {
        return Stream.of(
                        report.topicParity(),
                        report.countsAndOffsets(),
                        report.records() == null ? report.spotCheckRecords() : report.records(),
                        report.sentinelPresence(),
                        report.consumerGroupReconciliation())
                .map(SummaryView::check)
                .toList();
    }

    private static Check check(CheckResult result) {
        return new Check(
                result.name().word(),
                result.outcome(),
                result.reasons().isEmpty() ? "" : result.reasons().get(0));
    }

    private static ConsumerTally tally(Map<Integer, Long> acknowledged, LiveConsumer consumer) {
        List<LiveTally.PartitionCounts> counts =
                List.copyOf(consumer.tally().partitions().values());
        long repeated =
                counts.stream().mapToLong(LiveTally.PartitionCounts::duplicates).sum();
        return new ConsumerTally(
                acknowledged.values().stream().mapToLong(Long::longValue).sum(),
                repeated
                        + counts.stream()
                                .mapToLong(LiveTally.PartitionCounts::seenOnce)
                                .sum(),
                consumer.missing(acknowledged),
                repeated);
    }

    private static void requireGenuine(Path evidence) {
        try {
            VerificationResult result = EvidenceVerifier.verify(Files.readAllBytes(evidence), null);
            if (result instanceof VerificationResult.Refused refused) {
                throw new InvariantBroken(
                        FailureName.OBJECT_DAMAGED, evidence + ": must verify, but " + refused.reason());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the evidence " + evidence + " cannot be read", e);
        }
    }
}
