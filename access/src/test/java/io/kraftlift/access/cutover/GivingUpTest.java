package io.kraftlift.access.cutover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.DrainWindow;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.Hold;
import io.kraftlift.core.topology.HoldKind;
import io.kraftlift.core.topology.TopicDesign;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.testkit.stores.LockingStore;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of producers, tail and journal when a cutover is given up, by whomever. No cluster is asked. */
final class GivingUpTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String OURS = "arn:aws:states:eu-west-1:1:execution:kraftlift:ours";
    private static final Cause CAUSE = new Cause("FREEZE_NOT_PROVEN", "{\"errorMessage\":\"somebody goes on\"}");

    private final ProducersSideServer producersSide = new ProducersSideServer();
    private final MigrationRun run;

    GivingUpTest(@TempDir Path directory) {
        Surroundings still =
                new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, new SecureRandom());
        run = Runs.open(
                directory,
                "localhost:1",
                "localhost:2",
                Runs.cutover(producersSide.address(), Duration.ofSeconds(60)),
                still);
    }

    @BeforeEach
    void claim() {
        run.write(
                run.objects().lease(),
                MigrationLease.first(new MigrationLease.Claimant(
                        OURS,
                        new ObjectReference(URI.create("file:///m.yaml"), run.fingerprint()),
                        run.fingerprint(),
                        Documents.mapper().createObjectNode(),
                        NOW)));
    }

    @AfterEach
    void close() {
        run.close();
        producersSide.close();
    }

    @Test
    void letsProducersAndTailGoOnOnceHoweverOftenItIsAsked() throws InterruptedException {
        frozen();

        new Unfreeze(run).giveUp(CAUSE);
        new Unfreeze(run).giveUp(CAUSE);

        assertThat(producersSide.actions()).containsExactly("unfreeze");
        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASED);
        assertThat(control()).isEqualTo(DesiredState.RUN);
        assertThat(run.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.to()).isEqualTo(Phase.TAIL);
            assertThat(entry.facts()).containsEntry("cause", "somebody goes on");
        });
    }

    @Test
    void callsNobodyWhenNothingWasFrozen() throws InterruptedException {
        new Unfreeze(run).giveUp(CAUSE);

        assertThat(producersSide.actions()).isEmpty();
        assertThat(control()).isEqualTo(DesiredState.RUN);
    }

    @Test
    void letsTheTailGoOnEvenWhenTheProducersSideRefuses() {
        frozen();
        producersSide.answerWith(400);

        assertThatThrownBy(() -> new Unfreeze(run).giveUp(CAUSE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_REFUSED")
                .hasMessageContaining("by hand");

        assertThat(control()).isEqualTo(DesiredState.RUN);
        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASING);
    }

    @Test
    void triesTheReleaseAgainWhenItIsRepeated() throws InterruptedException {
        frozen();
        producersSide.answerWith(400);
        assertThatThrownBy(() -> new Unfreeze(run).giveUp(CAUSE)).isInstanceOf(OperatorActionNeeded.class);
        producersSide.answerWith(200);

        new Unfreeze(run).giveUp(CAUSE);

        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASED);
    }

    @Test
    void theSafetyNetReleasesProducersAndLiftsTheDrain() throws InterruptedException {
        frozen();

        AbandonedRun.Outcome outcome = new AbandonedRun(run).secure(OURS, "ABORTED");
        new AbandonedRun(run).secure(OURS, "ABORTED");

        assertThat(outcome).isEqualTo(new AbandonedRun.Outcome(true, true));
        assertThat(producersSide.actions()).containsExactly("unfreeze");
        assertThat(control()).isEqualTo(DesiredState.RUN);
        assertThat(run.journal().entries()).extracting(JournalEntry::to).containsExactly(Phase.FAILED);
    }

    @Test
    void theSafetyNetLeavesTheOwnersRunAloneWhenAnotherExecutionFails() throws InterruptedException {
        frozen();

        AbandonedRun.Outcome outcome = new AbandonedRun(run).secure(OURS + "-other", "FAILED");

        assertThat(outcome).isEqualTo(new AbandonedRun.Outcome(false, false));
        assertThat(producersSide.actions()).isEmpty();
        assertThat(freeze().state()).isEqualTo(FreezeState.PROVEN);
        assertThat(run.backup().get(run.objects().control())).isEmpty();
    }

    @Test
    void theSafetyNetDoesNotReleaseProducersAfterTheCommit() throws InterruptedException {
        frozen();
        new FreezeObject(run).committed();

        AbandonedRun.Outcome outcome = new AbandonedRun(run).secure(OURS, "TIMED_OUT");

        assertThat(outcome).isEqualTo(new AbandonedRun.Outcome(true, false));
        assertThat(producersSide.actions()).isEmpty();
        assertThat(freeze().isCommitted()).isTrue();
    }

    @Test
    void aCommitLosesAgainstAReleaseThatCameFirst() {
        frozen();
        new FreezeObject(run).releasing();

        assertThatThrownBy(() -> new FreezeObject(run).committed())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT");
    }

    @Test
    void rollsBackOnceWithAScriptThatRemovesOnlyWhatWasCreated() throws InterruptedException {
        frozen();
        run.write(run.objects().result("topology"), ledger());

        StepReport first = new Rollback(run).rollBack(new Cause("Rejected", "rejected by somebody"));
        StepReport again = new Rollback(run).rollBack(new Cause("Rejected", "rejected by somebody else"));

        assertThat(again.report()).isEqualTo(first.report());
        assertThat(run.find(run.objects().lease(), MigrationLease.class)
                        .orElseThrow()
                        .rolledBack())
                .isTrue();

        JsonNode report = Documents.read(
                run.evidence()
                        .get(run.objects().evidence("rollback.json"))
                        .orElseThrow()
                        .content(),
                JsonNode.class,
                "rollback.json");
        assertThat(report.path("topics_created").toString()).isEqualTo("[\"orders\"]");
        assertThat(report.path("clean_up_script").asText())
                .contains("--bootstrap-server 'localhost:2'", "--delete --if-exists --topic 'orders'")
                .contains("--alter --topic 'bills' --delete-config 'retention.ms'")
                .contains("--alter --topic 'bills' --add-config 'cleanup.policy=[compact,delete]'")
                .doesNotContain("--topic 'orders' --", "--delete --if-exists --topic 'bills'");
        assertThat(report.path("holds").toString())
                .isEqualTo("[\"bills cleanup.policy=delete\",\"bills retention.ms=-1\"]");
        assertThat(report.path("owner").asText()).isEqualTo(OURS);
        assertThat(producersSide.actions()).containsExactly("unfreeze");
        assertThat(control()).isEqualTo(DesiredState.STOP);
        assertThat(run.journal().entries()).last().extracting(JournalEntry::to).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void locksTheAccountOfARollbackForTheRetention() throws InterruptedException {
        LockingStore evidence = new LockingStore(null);
        MigrationRun locked = new MigrationRun(
                run.migration(), run.readConfig(), run.surroundings(), new MigrationRun.Stores(run.backup(), evidence));

        new Rollback(locked).rollBack(CAUSE);

        assertThat(evidence.locks()).containsEntry(run.objects().rollback(), Instant.parse("2033-03-04T05:06:07Z"));
    }

    @Test
    void aFunctionThatFreezesFindsTheRollbackInItsWay() throws InterruptedException {
        frozen();
        new Rollback(run).rollBack(CAUSE);

        assertThatThrownBy(() -> new FreezeObject(run).committed())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT");
    }

    @Test
    void refusesToRollBackAfterTheCommitAndExplainsTheWayBack() {
        frozen();
        new FreezeObject(run).committed();

        assertThatThrownBy(() -> new Rollback(run).rollBack(CAUSE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("COMMIT_ALREADY_MADE")
                .hasMessageContaining("move the clients back");
        assertThat(run.backup().get(run.objects().control())).isEmpty();
    }

    @Test
    void takesNoApprovalOfBeforeTheReleaseForAnotherFreeze() throws InterruptedException {
        frozen();
        run.write(
                run.objects().result("drain-ready"),
                new DrainReadyReport(
                        NOW.minusSeconds(9), NOW.minusSeconds(9), 0, 0, 0, 0, 0, 0, 1, 1, Map.of(), List.of()));
        new AbandonedRun(run).secure(OURS, "ABORTED");

        assertThatThrownBy(() -> new ProducerFreeze(run).freeze(Instant.MAX))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_NOT_PROVEN")
                .hasMessageContaining("approve the cutover again");

        assertThat(producersSide.actions()).containsExactly("unfreeze");
        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASED);
    }

    private static TopologyLedger ledger() {
        TopicName bills = new TopicName("bills");
        Hold orders = new Hold(new TopicName("orders"), HoldKind.CLEANUP, "retention.ms", "-1", null);
        List<Hold> found = List.of(
                new Hold(bills, HoldKind.CLEANUP, "cleanup.policy", "delete", "compact,delete"),
                new Hold(bills, HoldKind.CLEANUP, "retention.ms", "-1", null));
        return new TopologyLedger(
                TopologyLedger.FORMAT,
                List.of(
                        new TopicDesign(bills, TopicOrigin.FOUND, 1, 1, Map.of(), List.of(), found, List.of()),
                        new TopicDesign(
                                orders.topic(),
                                TopicOrigin.CREATED,
                                1,
                                1,
                                Map.of(),
                                List.of(),
                                List.of(orders),
                                List.of())),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void startsTheStableWindowOver() throws InterruptedException {
        run.write(run.objects().result("drain-window"), DrainWindow.empty().after(NOW, true));

        new Unfreeze(run).giveUp(CAUSE);

        assertThat(run.read(run.objects().result("drain-window"), DrainWindow.class))
                .isEqualTo(DrainWindow.empty());
    }

    @Test
    void shortensALongCauseForTheJournal() {
        String text = "x".repeat(5_000);

        assertThat(new Cause(null, text).sentence().getBytes(UTF_8).length).isLessThan(1_100);
    }

    private void frozen() {
        FreezeObject freezes = new FreezeObject(run);
        freezes.request(Duration.ofSeconds(60));
        freezes.proven();
    }

    private Freeze freeze() {
        return run.read(run.objects().result("freeze"), Freeze.class);
    }

    private DesiredState control() {
        return run.read(run.objects().control(), LaneControl.class).state();
    }
}
