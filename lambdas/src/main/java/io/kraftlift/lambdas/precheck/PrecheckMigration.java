package io.kraftlift.lambdas.precheck;

import io.kraftlift.access.precheck.FactsProber;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.Precheck;
import io.kraftlift.core.precheck.PrecheckReport;
import io.kraftlift.core.precheck.Severity;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.statemachine.payloads.PrecheckResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks whether the migration may begin, and writes {@code results/precheck.json}. */
public final class PrecheckMigration {
    private final MigrationRun run;

    public PrecheckMigration(MigrationRun run) {
        this.run = run;
    }

    /**
     * Checks.
     *
     * @throws OperatorActionNeeded PRECHECK_BLOCKED with every blocker and its remedy
     */
    public PrecheckResult check() throws InterruptedException {
        PrecheckReport report = report();
        if (report.cannotBeKept()) {
            throw blocked(report);
        }
        ObjectReference reference = run.write(run.objects().result("precheck"), report);
        run.journal()
                .append(
                        Phase.PRECHECK,
                        report.of(Severity.BLOCKER).isEmpty() ? "precheck passed" : "precheck blocked",
                        Map.of(
                                "blockers", codes(report.of(Severity.BLOCKER)),
                                "warnings", codes(report.of(Severity.WARNING)),
                                "infos", codes(report.of(Severity.INFO))));
        if (!report.of(Severity.BLOCKER).isEmpty()) {
            throw blocked(report);
        }
        return new PrecheckResult(
                reference,
                report.of(Severity.WARNING).size(),
                report.of(Severity.INFO).size());
    }

    /** What a precheck finds, without a word in the journal or the results. */
    public PrecheckReport report() throws InterruptedException {
        return new PrecheckReport(PrecheckReport.FORMAT, Precheck.findings(new FactsProber(run).gather()));
    }

    private static OperatorActionNeeded blocked(PrecheckReport report) {
        return new OperatorActionNeeded(
                FailureName.PRECHECK_BLOCKED,
                report.of(Severity.BLOCKER).stream().map(Finding::toString).collect(Collectors.joining("\n"))
                        + "\nRemedy these, then redrive.");
    }

    private static String codes(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.code().name())
                .distinct()
                .collect(Collectors.joining(" "));
    }
}
