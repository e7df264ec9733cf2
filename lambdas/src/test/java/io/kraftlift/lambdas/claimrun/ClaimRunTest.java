package io.kraftlift.lambdas.claimrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.ClaimRunRequest;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No cluster is touched by a claim, and the machine says how executions are doing. */
class ClaimRunTest {
    private static final String MACHINE = "arn:aws:states:eu-west-1:1:execution:kraftlift:";
    private static final String FIRST = MACHINE + "first";
    private static final String SECOND = MACHINE + "second";
    private static final String PLAIN = """
            source: {bootstrap_servers: "old:1", auth: {mode: plaintext}}
            target: {bootstrap_servers: "new:2", auth: {mode: plaintext}}
            topics: {include: [%s]}
            backup: {directory: backup}
            evidence: {directory: evidence}
            cutover: {drain_max_partition_lag: %d}
            """;

    private final MigrationRun.Stores stores =
            new MigrationRun.Stores(new InMemoryObjectStore(), new InMemoryObjectStore());
    private final Map<String, String> statuses = new HashMap<>();
    private final MigrationRun run = run("a", 100);
    private final MigrationRun otherTopics = run("b", 100);
    private final MigrationRun otherLag = run("a", 7);

    private MigrationRun run(String topics, int lag) {
        byte[] yaml = PLAIN.formatted(topics, lag).getBytes(StandardCharsets.UTF_8);
        ReadConfig config = new ConfigReader(Map.of(), SecretSource.NONE).read("m.yaml", yaml);
        return new MigrationRun(new MigrationId("m"), config, Surroundings.real(), stores);
    }

    @Test
    void takesAFreeMigrationAndOpensTheJournal() {
        ClaimRunResult result = claim(run, FIRST, Mode.MIGRATE);

        assertThat(result.resumed()).isFalse();
        assertThat(result.fingerprint()).isEqualTo(run.fingerprint().hex());
        assertThat(result.run().generation()).isEqualTo(1);
        assertThat(result.run().restart()).isZero();
        assertThat(run.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.from()).isNull();
            assertThat(entry.to()).isEqualTo(Phase.PLANNED);
            assertThat(entry.facts()).containsEntry("execution", FIRST);
        });
    }

    @Test
    void letsARepeatedClaimPass() {
        claim(run, FIRST, Mode.MIGRATE);

        assertThat(claim(run, FIRST, Mode.MIGRATE).run().generation()).isEqualTo(1);
        assertThat(run.journal().entries()).extracting(JournalEntry::what).containsExactly("migration claimed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "PENDING_REDRIVE"})
    void refusesASecondExecutionWhileTheFirstHasNotEnded(String status) {
        claim(run, FIRST, Mode.MIGRATE);
        statuses.put(FIRST, status);

        for (Mode mode : List.of(Mode.MIGRATE, Mode.ROLLBACK, Mode.RESTART)) {
            assertThatThrownBy(() -> claim(run, SECOND, mode))
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN: migration m belongs to execution " + FIRST)
                    .hasMessageContaining(status);
        }
        assertThat(lease().owner()).isEqualTo(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "TIMED_OUT", "ABORTED"})
    void takesOverFromAnExecutionThatHasEndedAndFencesItOff(String status) {
        ClaimRunResult first = claim(run, FIRST, Mode.MIGRATE);
        statuses.put(FIRST, status);

        ClaimRunResult second = claim(run, SECOND, Mode.MIGRATE);

        assertThat(second.resumed()).isTrue();
        assertThat(second.run().generation()).isEqualTo(2);
        LeaseObject object = new LeaseObject(run);
        object.require(2);
        assertThatThrownBy(() -> object.require(generation(first)))
                .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN: ")
                .hasMessageContaining("has lost the migration");
        assertThat(run.journal().entries())
                .extracting(entry -> entry.facts().get("execution"))
                .containsExactly(FIRST, SECOND);
    }

    /** It was redriven just when another had taken over: the machine says RUNNING of both. */
    @Test
    void givesARedrivenExecutionNothingBack() {
        claim(run, FIRST, Mode.MIGRATE);
        statuses.put(FIRST, "ABORTED");
        claim(run, SECOND, Mode.MIGRATE);
        statuses.put(FIRST, "RUNNING");
        statuses.put(SECOND, "RUNNING");

        assertThatThrownBy(() -> claim(run, FIRST, Mode.MIGRATE))
                .hasMessageContaining("belongs to execution " + SECOND);
    }

    @Test
    void believesThatAnExecutionIsGoneOnlyOfTheSameMachine() {
        claim(run, "arn:aws:states:eu-west-1:1:execution:another:first", Mode.MIGRATE);

        assertThatThrownBy(() -> claim(run, SECOND, Mode.MIGRATE)).hasMessageContaining("another state machine");

        assertThat(lease().owner()).endsWith("another:first");
    }

    @Test
    void takesOverFromAnExecutionThatTheMachineHasForgotten() {
        claim(run, FIRST, Mode.MIGRATE);

        assertThat(claim(run, SECOND, Mode.MIGRATE).resumed()).isTrue();
    }

    /** The other execution is faster between the look at the owner and the change of the lease. */
    @Test
    void letsOneOfTwoWin() {
        claim(run, FIRST, Mode.MIGRATE);
        OwnerStatus slow = execution -> {
            if (execution.equals(FIRST)) {
                statuses.put(FIRST, "FAILED");
                claim(run, SECOND, Mode.MIGRATE);
                statuses.put(SECOND, "RUNNING");
            }
            return Optional.ofNullable(statuses.get(execution));
        };

        assertThatThrownBy(() -> new ClaimRun(run, slow).claim(request(run, MACHINE + "third", Mode.MIGRATE)))
                .hasMessageContaining("belongs to execution " + SECOND);

        assertThat(lease().owner()).isEqualTo(SECOND);
        assertThat(lease().generation()).isEqualTo(2);
    }

    @Test
    void refusesWhatWasBuiltOnAndSaysWhatChanged() {
        begunAndEnded();

        assertThatThrownBy(() -> claim(otherTopics, SECOND, Mode.MIGRATE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("CONFIGURATION_CHANGED: ")
                .hasMessageContaining("topics.include: was [\"a\"], is [\"b\"]");
        assertThat(lease().owner()).isEqualTo(FIRST);
    }

    @Test
    void acceptsWhatNothingWasBuiltOnAndSaysSo() {
        begunAndEnded();

        assertThat(claim(otherLag, SECOND, Mode.MIGRATE).resumed()).isTrue();

        assertThat(lease().fingerprint()).isEqualTo(otherLag.fingerprint());
        assertThat(run.journal().entries())
                .last()
                .satisfies(entry -> assertThat(entry.facts())
                        .containsEntry("changed", "cutover.drain_max_partition_lag: was 100, is 7"));
    }

    @Test
    void takesAnotherConfigurationWhileNothingWasMade() {
        claim(run, FIRST, Mode.MIGRATE);
        statuses.put(FIRST, "FAILED");

        assertThat(claim(otherTopics, SECOND, Mode.MIGRATE).fingerprint())
                .isEqualTo(otherTopics.fingerprint().hex());
    }

    @Test
    void refusesAnotherConfigurationOfTheSameExecution() {
        claim(run, FIRST, Mode.MIGRATE);

        assertThatThrownBy(() -> claim(otherLag, FIRST, Mode.MIGRATE))
                .hasMessageStartingWith("CONFIGURATION_CHANGED: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"ROLLBACK", "RESTART"})
    void refusesToGoBackAfterTheCommit(Mode mode) {
        begunAndEnded();
        commit();

        assertThatThrownBy(() -> claim(run, SECOND, mode))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("COMMIT_ALREADY_MADE: ")
                .hasMessageContaining("move the clients back");
        assertThat(lease().owner()).isEqualTo(FIRST);
    }

    @Test
    void saysHowFarTheCutoverIs() {
        begunAndEnded();
        commit();

        assertThat(claim(run, SECOND, Mode.MIGRATE).cutover()).isEqualTo("COMMITTED");
        assertThat(run.journal().entries()).last().extracting(JournalEntry::to).isEqualTo(Phase.AWAITING_CLIENT_SWITCH);

        run.write(run.objects().gate("client-switch-decision"), Map.of("decision", "APPROVE"));
        statuses.put(SECOND, "FAILED");
        assertThat(claim(run, MACHINE + "third", Mode.MIGRATE).cutover()).isEqualTo("SWITCHED");
    }

    @Test
    void beginsARolledBackMigrationAnewOnlyWhenThatIsWhatIsAskedFor() {
        begunAndEnded();
        claim(run, SECOND, Mode.ROLLBACK);
        new LeaseObject(run).change(2, MigrationLease::asRolledBack);
        statuses.put(SECOND, "SUCCEEDED");
        String third = MACHINE + "third";

        assertThatThrownBy(() -> claim(run, third, Mode.MIGRATE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("MIGRATION_ROLLED_BACK: ")
                .hasMessageContaining("--force-restart");
        ClaimRunResult restart = claim(otherTopics, third, Mode.RESTART);

        assertThat(restart.clearTarget()).isTrue();
        assertThat(restart.run().restart()).isZero();
        assertThat(lease().rolledBack()).isFalse();
    }

    @Test
    void goesOnWithAClearingThatWasCutShort() {
        begunAndEnded();
        claim(run, SECOND, Mode.RESTART);
        statuses.put(SECOND, "FAILED");

        assertThat(claim(otherTopics, MACHINE + "third", Mode.MIGRATE).clearTarget())
                .as("whoever comes next clears, with whatever configuration")
                .isTrue();
    }

    @Test
    void refusesAMigrationThatIsFinished() {
        begunAndEnded();
        statuses.put(FIRST, "SUCCEEDED");

        assertThatThrownBy(() -> claim(run, SECOND, Mode.MIGRATE)).hasMessageContaining("finished");
    }

    @Test
    void onlyPlanningTakesNoLeaseAndRespectsOne() {
        claim(run, FIRST, Mode.PLAN_ONLY);
        assertThat(claim(run, SECOND, Mode.MIGRATE).resumed()).isFalse();

        assertThatThrownBy(() -> claim(run, FIRST, Mode.PLAN_ONLY))
                .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN: ");
    }

    private void begunAndEnded() {
        claim(run, FIRST, Mode.MIGRATE);
        run.write(run.objects().result("topology"), TopologyLedger.empty());
        statuses.put(FIRST, "FAILED");
    }

    private void commit() {
        Instant now = Instant.parse("2026-11-01T00:00:00Z");
        run.write(
                run.objects().result("freeze"),
                Freeze.first(now, Duration.ofMinutes(1)).proven(now).committed(now));
    }

    private MigrationLease lease() {
        return new LeaseObject(run).find().orElseThrow();
    }

    private static long generation(ClaimRunResult result) {
        return java.util.Objects.requireNonNull(result.run().generation());
    }

    private ClaimRunResult claim(MigrationRun by, String execution, Mode mode) {
        return new ClaimRun(by, owner -> Optional.ofNullable(statuses.get(owner))).claim(request(by, execution, mode));
    }

    private static ClaimRunRequest request(MigrationRun by, String execution, Mode mode) {
        RunReference reference = new RunReference(
                by.migration(), new ObjectReference(URI.create("file:///m.yaml"), Sha256.of(new byte[] {1})));
        return new ClaimRunRequest(reference, execution, mode);
    }
}
