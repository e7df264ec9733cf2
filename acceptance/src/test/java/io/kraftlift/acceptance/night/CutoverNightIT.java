package io.kraftlift.acceptance.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.acceptance.night.Faults.Moment;
import io.kraftlift.acceptance.night.Producers.Manner;
import io.kraftlift.acceptance.records.ClusterReader;
import io.kraftlift.acceptance.records.SeenRecord;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One migration whose cutover fails in one way after the other, each time with the gate open before and after, and succeeds
 * in the end. Every test but the last leaves the migration as it found it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CutoverNightIT {
    private static final String LATE = "night.late";
    private static final Set<TopicPartition> PARTITIONS = Set.of(
            new TopicPartition(NightStage.ORDERS, 0),
            new TopicPartition(NightStage.ORDERS, 1),
            new TopicPartition(NightStage.ORDERS, 2),
            new TopicPartition(NightStage.ORDERS, 3),
            new TopicPartition(LATE, 0),
            new TopicPartition(NightStage.LIVE, 0),
            new TopicPartition(NightStage.LIVE, 1));

    private NightStage stage;
    private Night night;
    private @Nullable Night orphan;

    @BeforeAll
    void begin(@TempDir Path directory) throws Exception {
        stage = new NightStage(Path.of(System.getProperty("kraftlift.home")), directory);
        night = stage.begin("night", "night.*");
    }

    @AfterAll
    void end() {
        stage.close();
    }

    @Test
    @Order(1)
    void opensTheGateAgainForADecisionAboutAnotherReport() throws Exception {
        OpenedGate gate = night.awaitGate(Gate.CUTOVER);
        night.answer(gate, Decision.APPROVE, Sha256.of(new byte[] {1}));
        OpenedGate next = night.awaitGate(Gate.CUTOVER);
        assertThat(next.token()).isNotEqualTo(gate.token());
        assertThat(stage.webhook.received()).isEmpty();
        assertThat(night.journal()).extracting(JournalEntry::what).doesNotContain("cutover approved", "freeze");
    }

    @ParameterizedTest
    @Order(2)
    @EnumSource(
            value = Manner.class,
            names = {"REFUSES", "HANGS", "LIES"})
    void goesOnWithTheTailWhenTheProducersSide(Manner manner) throws Exception {
        stage.producers.behave(manner);
        approve();
        awaitGivenUp(manner == Manner.LIES ? "FREEZE_NOT_PROVEN" : "FREEZE_REFUSED");
        stage.producers.behave(Manner.OBEYS);
        assertThat(groups(stage.target.bootstrapServers())).isEmpty();
    }

    @ParameterizedTest
    @Order(3)
    @CsvSource({
        "AFTER, REHEARSE",
        "BEFORE, FREEZE_PRODUCERS",
        "AFTER, FREEZE_PRODUCERS",
        "AFTER, PUBLISH_SENTINELS",
        "AFTER, AWAIT_DRAINED",
        "AFTER, TRANSLATE_OFFSETS",
        "BEFORE, VERIFY_OFFSET_FLOOR"
    })
    void givesTheCutoverUpWhenAFunctionFails(Moment moment, FunctionName function) throws Exception {
        stage.faults.plan(moment, function, Faults::fail);
        approve();
        awaitGivenUp("a planned failure");
        assertThat(stage.faults.areSpent()).isTrue();
    }

    @Test
    @Order(4)
    void drainsThroughARestartOfTheTargetsBroker() throws Exception {
        CompletableFuture<Void> restarted = new CompletableFuture<>();
        int broker = stage.target.brokers().get(0).id();
        stage.faults.plan(Moment.BEFORE, FunctionName.PUBLISH_SENTINELS, () -> {
            stage.target.killBroker(broker);
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> stage.target.startBroker(broker))
                    .whenComplete((done, failure) -> restarted.complete(null));
        });
        stage.faults.plan(Moment.BEFORE, FunctionName.VERIFY_OFFSET_FLOOR, Faults::fail);
        approve();
        awaitGivenUp("a planned failure");
        assertThat(restarted).isDone();
        assertThat(stage.faults.areSpent()).isTrue();
    }

    @ParameterizedTest
    @Order(5)
    @CsvSource({"BEFORE, AWAIT_DRAINED", "AFTER, FREEZE_PRODUCERS"})
    void unfreezesWhenTheExecutionIsStoppedAndAsksAgainWhenItIsRedriven(Moment moment, FunctionName function)
            throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        stage.faults.plan(moment, function, () -> {
            reached.countDown();
            standStill();
        });
        approve();
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(stage.producer.isFrozen()).isTrue();
        int freezes = freezes();

        assertThat(night.stop().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stage.producer.isFrozen()).isFalse();
        assertThat(control()).isEqualTo("RUN");
        assertThat(stage.machine.workers().running()).isEmpty();
        assertThat(last(night.journal()).what()).isEqualTo("execution ended");

        night.redrive();
        awaitGivenUp("");
        assertThat(freezes()).as("freezes that nobody approved").isEqualTo(freezes);
    }

    @Test
    @Order(6)
    void rollsBackWhenRejectedWithoutTouchingTheProducers() throws Exception {
        int calls = stage.webhook.received().size();
        Night rejected = stage.begin("rejected", "rejected.*");
        rejected.answer(rejected.awaitGate(Gate.CUTOVER), Decision.REJECT);
        assertThat(rejected.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(last(rejected.journal()).to().word()).isEqualTo("rolled_back");
        assertThat(stage.webhook.received()).hasSize(calls);
        assertThat(stage.machine.workers().running())
                .extracting(ForkedJvm::name)
                .hasSize(1);
        JsonNode account = rejected.run
                .evidence()
                .get(rejected.run.objects().evidence("rollback.json"))
                .map(object -> Documents.read(object.content(), JsonNode.class, "rollback.json"))
                .orElseThrow();
        assertThat(account.path("topics_created").get(0).asText()).isEqualTo(NightStage.REJECTED);
        assertThat(account.path("clean_up_script").asText())
                .contains("--delete --if-exists --topic '" + NightStage.REJECTED + "'");
    }

    @Test
    @Order(6)
    void letsProducersGoOnWhenTheDrainDoesNotFinishInTime() throws Exception {
        Night slow = stage.begin("slow", "slow.*", 8);
        OpenedGate gate = slow.awaitGate(Gate.CUTOVER);
        List<ForkedJvm> workers = stage.machine.workers().running();
        stage.faults.plan(Moment.BEFORE, FunctionName.PUBLISH_SENTINELS, () -> workers.forEach(ForkedJvm::pause));
        slow.answer(gate, Decision.APPROVE);
        Night.patiently("the end of the attempt")
                .until(() -> last(slow.journal()).what().equals("unfreeze"));
        workers.forEach(ForkedJvm::resume);

        assertThat(stage.faults.areSpent()).isTrue();
        assertThat(stage.producer.isFrozen()).isFalse();
        assertThat(last(slow.journal()).facts().toString())
                .contains("DRAIN_TIMED_OUT", NightStage.SLOW + "/0 is at 600 of 601");
        slow.answer(slow.awaitGate(Gate.CUTOVER), Decision.APPROVE);
        slow.answer(slow.awaitGate(Gate.CLIENT_SWITCH), Decision.APPROVE);
        assertThat(slow.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        // The other migrations' source is still this producer's.
        stage.producer.unfreeze();
        assertThat(slow.journal())
                .extracting(JournalEntry::what)
                .containsSubsequence("freeze", "unfreeze", "drain_ready", "freeze", "READY_FOR_CLIENT_SWITCH");
    }

    @Test
    @Order(7)
    void takesInWhatComesToTheSourceWhileTheGateIsOpen() throws Exception {
        OpenedGate gate = night.awaitGate(Gate.CUTOVER);
        int calls = stage.webhook.received().size();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", stage.source.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(LATE, 1, (short) 1))).all().get();
            admin.createPartitions(Map.of(NightStage.ORDERS, NewPartitions.increaseTo(4)))
                    .all()
                    .get();
        }
        NightStage.write(stage.source.bootstrapServers(), new TopicPartition(LATE, 0), 1);
        NightStage.write(stage.source.bootstrapServers(), new TopicPartition(NightStage.ORDERS, 3), 1);
        night.answer(gate, Decision.APPROVE);

        awaitGivenUp("TOPOLOGY_CONFLICT");

        assertThat(stage.webhook.received())
                .as("refused before anybody was asked")
                .hasSize(calls);
        JsonNode ready = night.document(night.run.objects().result("drain-ready"));
        assertThat(ready.path("extensions").asLong()).isEqualTo(1);
        assertThat(ready.path("partitions").asInt()).isEqualTo(PARTITIONS.size());
        assertThat(night.journal()).extracting(JournalEntry::what).contains("plan extension 0 written");
    }

    @Test
    @Order(8)
    void staysFrozenWhenTheExecutionIsKilledAndTheSafetyNetDoesNotHearOfIt() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Night dying = stage.begin("orphan", "orphan.*", 20);
        orphan = dying;
        OpenedGate gate = dying.awaitGate(Gate.CUTOVER);
        stage.faults.plan(Moment.BEFORE, FunctionName.SAFETY_NET, Faults::fail);
        stage.faults.plan(Moment.AFTER, FunctionName.FREEZE_PRODUCERS, () -> {
            reached.countDown();
            standStill();
        });
        dying.answer(gate, Decision.APPROVE);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();

        assertThat(dying.stop().status()).isEqualTo(ExecutionStatus.ABORTED);

        assertThat(stage.faults.areSpent()).isTrue();
        assertThat(stage.producer.isFrozen()).isTrue();
    }

    /** While the guard of the other waits. */
    @Test
    @Order(9)
    void cutsOverWhenAPersonConfirmsThatProducersStandStill() throws Exception {
        int calls = stage.webhook.received().size();
        Night byHand = stage.beginByHand("byhand", "byhand.*");
        byHand.answer(byHand.awaitGate(Gate.CUTOVER), Decision.APPROVE);
        byHand.answer(byHand.awaitGate(Gate.PRODUCER_FREEZE), Decision.APPROVE);
        byHand.answer(byHand.awaitGate(Gate.CLIENT_SWITCH), Decision.APPROVE);

        assertThat(byHand.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(last(byHand.journal()).to().word()).isEqualTo("finalized");
        assertThat(byHand.journal())
                .extracting(JournalEntry::what)
                .containsSubsequence("producers stand still by hand", "freeze", "READY_FOR_CLIENT_SWITCH");
        requireMarkers(byHand);
        assertThat(stage.webhook.received().size() - calls)
                .as("calls but for the guard's")
                .isLessThanOrEqualTo(1);
    }

    /** Every partition ends with a marker, and the target has what the source has and nothing else. */
    private void requireMarkers(Night marked) throws Exception {
        JsonNode presence =
                marked.document(marked.run.objects().result("validation")).path("sentinel_presence");
        assertThat(presence.path("outcome").asText()).as(presence.toString()).isEqualTo(Outcome.PASSED.name());
        assertThat(presence.path("numbers").path("sentinels_found").asInt()).isEqualTo(3);
        assertThat(marked.document(marked.run.objects().result("sentinels"))
                        .path("markers")
                        .size())
                .isEqualTo(3);
        Set<TopicPartition> partitions = Set.of(
                new TopicPartition(NightStage.BY_HAND, 0),
                new TopicPartition(NightStage.BY_HAND_COMPACTED, 0),
                new TopicPartition(NightStage.BY_HAND_EMPTY, 0));
        Map<TopicPartition, List<SeenRecord>> there =
                new ClusterReader(stage.target.bootstrapServers()).readAll(partitions);
        assertThat(contents(there, new TopicPartition(NightStage.BY_HAND, 0)))
                .isEqualTo(contents(
                        new ClusterReader(stage.source.bootstrapServers()).readAll(partitions),
                        new TopicPartition(NightStage.BY_HAND, 0)));
        assertThat(there.values().stream().flatMap(List::stream))
                .noneMatch(record -> record.toString().contains("kraftlift"));
        assertThat(groups(stage.target.bootstrapServers()).get("by-hand"))
                .containsEntry(
                        new TopicPartition(NightStage.BY_HAND, 0),
                        new OffsetAndMetadata(contents(there, new TopicPartition(NightStage.BY_HAND, 0))
                                .size()));
    }

    @Test
    @Order(10)
    void isUnfrozenByTheGuardAllTheSame() throws Exception {
        Night dead = Objects.requireNonNull(orphan);
        Night.patiently("producers that go on").until(() -> !stage.producer.isFrozen());
        Night.patiently("the guard's account")
                .until(() -> last(dead.journal()).what().equals("overdue freeze released"));
        assertThat(dead.document(dead.run.objects().result("freeze"))
                        .path("state")
                        .asText())
                .isEqualTo("RELEASED");

        dead.redrive();
        dead.answer(dead.awaitGate(Gate.CUTOVER), Decision.REJECT);
        assertThat(dead.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void validatesAMigrationOfWhichATopicWasDeletedOnTheSourceAndMovesItsReadersOtherPositions() throws Exception {
        TopicPartition kept = new TopicPartition(NightStage.KEPT, 0);
        stage.commit("readers", kept, new TopicPartition(NightStage.DOOMED, 0), new TopicPartition(NightStage.GONE, 0));
        stage.delete(NightStage.GONE);
        awaitNoPosition("readers", NightStage.GONE);
        Night doomed = stage.begin("doomed", "doomed.*");
        OpenedGate unused = doomed.awaitGate(Gate.CUTOVER);
        stage.delete(NightStage.DOOMED);
        awaitNoPosition("readers", NightStage.DOOMED);
        Night.patiently("the end of the deleted topic's copy")
                .until(() -> doomed.document(doomed.run.objects().checkpoint(new LaneId(0)))
                                .path("ended")
                                .size()
                        == 2);
        doomed.answer(doomed.awaitGate(Gate.CUTOVER), Decision.APPROVE);
        doomed.answer(doomed.awaitGate(Gate.CLIENT_SWITCH), Decision.APPROVE);

        assertThat(doomed.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        JsonNode validation = doomed.document(doomed.run.objects().result("validation"));
        assertThat(validation.path("overall").asText())
                .as(validation.toString())
                .isEqualTo(Outcome.WARNING.name());
        assertThat(validation
                        .path("counts_and_offsets")
                        .path("numbers")
                        .path("partitions_ended")
                        .asInt())
                .as(validation.toString())
                .isEqualTo(2);
        assertThat(validation.path("spot_check_records").path("outcome").asText())
                .as("every copied record, of the deleted topic too")
                .isEqualTo(Outcome.PASSED.name());
        assertThat(groups(stage.target.bootstrapServers()).get("readers"))
                .isEqualTo(Map.of(kept, new OffsetAndMetadata(NightStage.POSITION)));
        assertThat(validation
                        .path("consumer_group_reconciliation")
                        .path("outcome")
                        .asText())
                .as(validation.toString())
                .isEqualTo(Outcome.PASSED.name());
    }

    /** Brokers forget the positions in a topic that is deleted. */
    private void awaitNoPosition(String group, String topic) {
        Night.patiently("the end of the positions in " + topic)
                .until(() ->
                        Objects.requireNonNull(
                                        groups(stage.source.bootstrapServers()).get(group))
                                .keySet()
                                .stream()
                                .noneMatch(partition -> partition.topic().equals(topic)));
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    void bringsEverythingOverInTheEndThoughAWorkerIsKilledAndAFunctionFailsAfterItsCommit() throws Exception {
        stage.faults.plan(
                Moment.BEFORE,
                FunctionName.PUBLISH_SENTINELS,
                () -> stage.machine.workers().running().forEach(ForkedJvm::kill));
        stage.faults.plan(Moment.AFTER, FunctionName.VERIFY_OFFSET_FLOOR, Faults::fail);
        approve();
        OpenedGate first = night.awaitGate(Gate.CLIENT_SWITCH);
        assertThat(stage.faults.areSpent()).isTrue();
        assertThat(stage.producer.isFrozen()).isTrue();
        assertThat(freeze().path("state").asText()).isEqualTo("COMMITTED");
        requireEqualSides();

        assertThat(night.stop().status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(stage.producer.isFrozen()).as("after the commit").isTrue();
        night.redrive();
        Night.patiently("the gate with a new token")
                .until(() -> !night.document(night.run.objects().gate(Gate.CLIENT_SWITCH.objectName()))
                        .path("token")
                        .asText()
                        .equals(first.token()));
        night.answer(night.awaitGate(Gate.CLIENT_SWITCH), Decision.APPROVE);
        assertThat(night.end().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(last(night.journal()).to().word()).isEqualTo("finalized");
        JsonNode validation = night.document(night.run.objects().result("validation"));
        assertThat(validation.path("overall").asText())
                .as(validation.toString())
                .isEqualTo(Outcome.PASSED.name());
    }

    private void approve() throws Exception {
        OpenedGate gate = night.awaitGate(Gate.CUTOVER);
        night.answer(gate, Decision.APPROVE);
    }

    /** Waits for the gate to open again; by then everything runs as before the attempt, and the journal says why. */
    private void awaitGivenUp(String cause) throws Exception {
        OpenedGate unused = night.awaitGate(Gate.CUTOVER);
        assertThat(stage.producer.isFrozen()).isFalse();
        assertThat(control()).isEqualTo("RUN");
        List<JournalEntry> journal = night.journal();
        JournalEntry unfreeze = last(journal.stream()
                .filter(entry -> entry.what().equals("unfreeze"))
                .toList());
        JournalEntry approved = last(journal.stream()
                .filter(entry -> entry.what().equals("cutover approved"))
                .toList());
        assertThat(unfreeze.number()).isGreaterThan(approved.number());
        assertThat(unfreeze.facts().toString()).contains(cause);
        assertThat(journal).extracting(JournalEntry::what).doesNotContain("READY_FOR_CLIENT_SWITCH");
        night.run
                .find(night.run.objects().result("freeze"), JsonNode.class)
                .ifPresent(freeze -> assertThat(freeze.path("state").asText()).isEqualTo("RELEASED"));
        long written = total(stage.producer.acknowledged());
        Night.patiently("producers that write").until(() -> total(stage.producer.acknowledged()) > written);
    }

    private void requireEqualSides() throws Exception {
        Map<TopicPartition, List<SeenRecord>> there =
                new ClusterReader(stage.target.bootstrapServers()).readAll(PARTITIONS);
        Map<TopicPartition, List<SeenRecord>> here =
                new ClusterReader(stage.source.bootstrapServers()).readAll(PARTITIONS);
        PARTITIONS.forEach(partition ->
                assertThat(contents(there, partition)).as(partition.toString()).isEqualTo(contents(here, partition)));
        // Every partition was copied from offset 0 and has no hole, so that positions are equal too.
        assertThat(groups(stage.target.bootstrapServers())).isEqualTo(groups(stage.source.bootstrapServers()));
        assertThat(groups(stage.target.bootstrapServers())).containsOnlyKeys("audit", "billing", "by-hand", "watcher");
    }

    private static List<SeenRecord> contents(Map<TopicPartition, List<SeenRecord>> side, TopicPartition partition) {
        return side.getOrDefault(partition, List.of()).stream()
                .map(SeenRecord::content)
                .toList();
    }

    private static Map<String, Map<TopicPartition, OffsetAndMetadata>> groups(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            Map<String, ListConsumerGroupOffsetsSpec> asked = new TreeMap<>();
            admin.listGroups()
                    .all()
                    .get()
                    .forEach(group -> asked.put(group.groupId(), new ListConsumerGroupOffsetsSpec()));
            return asked.isEmpty()
                    ? Map.of()
                    : new TreeMap<>(admin.listConsumerGroupOffsets(asked).all().get());
        }
    }

    private JsonNode freeze() {
        return night.document(night.run.objects().result("freeze"));
    }

    private String control() {
        ObjectKey key = night.run.objects().control();
        // Nothing is there before the first order.
        return night.run
                .find(key, JsonNode.class)
                .map(control -> control.path("state").asText())
                .orElse("RUN");
    }

    private int freezes() {
        return Math.toIntExact(night.journal().stream()
                .filter(entry -> entry.what().equals("freeze"))
                .count());
    }

    private static long total(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    private static void standStill() throws IOException {
        try {
            boolean unused = new CountDownLatch(1).await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }
}
