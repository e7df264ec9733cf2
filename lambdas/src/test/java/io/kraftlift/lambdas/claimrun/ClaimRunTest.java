package io.kraftlift.lambdas.claimrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.lambdas.ClusterRuns;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No cluster is touched by a claim. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields in
class ClaimRunTest {
    private static final String FIRST = "arn:execution:first";
    private static final String SECOND = "arn:execution:second";

    @TempDir
    private Path directory;

    private MigrationRun run;
    private MigrationRun otherConfiguration;

    @BeforeEach
    void open() {
        ClusterRuns runs = new ClusterRuns(directory, "localhost:1", "localhost:2");
        run = runs.over("m", "a");
        otherConfiguration = runs.open("m", "b", ConfigDrift.FAIL, AclDrift.MERGE);
    }

    @AfterEach
    void close() {
        run.close();
        otherConfiguration.close();
    }

    @Test
    void takesAFreeMigrationAndOpensTheJournal() {
        ClaimRunResult result = new ClaimRun(run).claim(FIRST, "MIGRATE");

        assertThat(result.resumed()).isFalse();
        assertThat(result.fingerprint()).isEqualTo(run.fingerprint().hex());
        assertThat(run.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.from()).isNull();
            assertThat(entry.to()).isEqualTo(Phase.PLANNED);
            assertThat(entry.facts()).containsEntry("execution", FIRST);
        });
    }

    @Test
    void letsARedrivePass() {
        new ClaimRun(run).claim(FIRST, "MIGRATE");

        assertThat(new ClaimRun(run).claim(FIRST, "MIGRATE").resumed()).isFalse();
        assertThat(run.journal().entries()).extracting(JournalEntry::what).containsExactly("migration claimed");
    }

    @Test
    void refusesASecondExecutionUntilTheFirstHasReleased() {
        new ClaimRun(run).claim(FIRST, "MIGRATE");

        assertThatThrownBy(() -> new ClaimRun(run).claim(SECOND, "MIGRATE"))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN: migration m belongs to execution " + FIRST);

        new MigrationLease(run).release();
        assertThat(new ClaimRun(run).claim(SECOND, "MIGRATE").resumed()).isTrue();
        assertThatThrownBy(() -> new ClaimRun(run).claim(FIRST, "MIGRATE"))
                .hasMessageContaining("belongs to execution " + SECOND);
    }

    @Test
    void refusesAnotherConfigurationOnceSomethingWasMade() {
        new ClaimRun(run).claim(FIRST, "MIGRATE");
        run.write(run.objects().result("topology"), TopologyLedger.empty());
        new MigrationLease(run).release();

        assertThatThrownBy(() -> new ClaimRun(otherConfiguration).claim(SECOND, "MIGRATE"))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("CONFIGURATION_CHANGED: ");
        assertThat(new ClaimRun(run).claim(SECOND, "MIGRATE").resumed()).isTrue();
    }

    @Test
    void takesAnotherConfigurationWhileNothingWasMade() {
        new ClaimRun(run).claim(FIRST, "MIGRATE");
        new MigrationLease(run).release();

        assertThat(new ClaimRun(otherConfiguration).claim(SECOND, "MIGRATE").fingerprint())
                .isEqualTo(otherConfiguration.fingerprint().hex());
    }

    @Test
    void refusesAnotherConfigurationOfTheSameExecution() {
        new ClaimRun(run).claim(FIRST, "MIGRATE");

        assertThatThrownBy(() -> new ClaimRun(otherConfiguration).claim(FIRST, "MIGRATE"))
                .hasMessageStartingWith("CONFIGURATION_CHANGED: ");
    }

    @Test
    void onlyPlanningTakesNoLeaseAndRespectsOne() {
        new ClaimRun(run).claim(FIRST, "PLAN_ONLY");
        assertThat(new ClaimRun(run).claim(SECOND, "MIGRATE").resumed()).isFalse();

        assertThatThrownBy(() -> new ClaimRun(run).claim(FIRST, "PLAN_ONLY"))
                .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN: ");
    }

    @Test
    void releasingWhatNobodyHasDoesNothing() {
        new MigrationLease(run).release();

        assertThat(new ClaimRun(run).claim(FIRST, "MIGRATE").resumed()).isFalse();
    }
}
