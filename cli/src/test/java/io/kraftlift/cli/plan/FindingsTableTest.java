package io.kraftlift.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.cli.ExitCode;
import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.PrecheckCode;
import io.kraftlift.core.precheck.PrecheckReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTableTest {
    private static final Finding BLOCKER =
            finding(PrecheckCode.B13, "topic orders", "3 partitions, on the source 4", "Delete it if nobody needs it.");
    private static final Finding WARNING = finding(PrecheckCode.W01, "target", "2 brokers, source 3", "Add one.");
    private static final Finding INFO = finding(PrecheckCode.I03, "source", "__consumer_offsets", "Nothing.");

    @Test
    void showsEveryFindingWithSubjectWhatWasSeenAndRemedyBlockersFirst() {
        assertThat(new FindingsTable(60).lines(report(WARNING, INFO, BLOCKER)))
                .containsExactly(
                        "B13 blocker  topic orders: Topic on the target stands in the way",
                        "    seen      3 partitions, on the source 4",
                        "    do        Delete it if nobody needs it.",
                        "W01 warning  target: Target has fewer or smaller brokers",
                        "    seen      2 brokers, source 3",
                        "    do        Add one.",
                        "I03 info     source: Internal topics are skipped",
                        "    seen      __consumer_offsets",
                        "    do        Nothing.",
                        "",
                        "1 blocker, 1 warning, 1 info; the migration cannot begin");
    }

    @Test
    void breaksLongTextsBetweenWords() {
        Finding wordy = finding(PrecheckCode.W01, "target", "one two three four five six seven", "x");

        assertThat(new FindingsTable(30).lines(report(wordy)))
                .contains("    seen      one two three four five", "              six seven")
                .endsWith("0 blockers, 1 warning, 0 infos; the migration can begin, a person should decide");
    }

    @Test
    void exitsWithTheWorstOfTheFindings() {
        assertThat(PrecheckCommand.exitCodeOf(report())).isEqualTo(ExitCode.OK);
        assertThat(PrecheckCommand.exitCodeOf(report(INFO))).isEqualTo(ExitCode.OK);
        assertThat(PrecheckCommand.exitCodeOf(report(INFO, WARNING))).isEqualTo(ExitCode.CHECKS_WARNED);
        assertThat(PrecheckCommand.exitCodeOf(report(WARNING, BLOCKER))).isEqualTo(ExitCode.BLOCKED);
    }

    private static PrecheckReport report(Finding... findings) {
        return new PrecheckReport(PrecheckReport.FORMAT, List.of(findings));
    }

    private static Finding finding(PrecheckCode code, String subject, String seen, String remedy) {
        return new Finding(code, code.severity(), subject, seen, remedy);
    }
}
