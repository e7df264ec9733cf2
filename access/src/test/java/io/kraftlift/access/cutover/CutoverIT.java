package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.cutover.RehearsalReport;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.groups.PositionKind;
import io.kraftlift.core.groups.PositionOutcome;
import io.kraftlift.core.groups.PositionReport;
import io.kraftlift.core.groups.ResyncReport;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The cutover's steps on real clusters, with a worker that copies record by record. */
@RealClusters
final class CutoverIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private final Clusters clusters;
    private final AtomicInteger released = new AtomicInteger();
    private String name = "";
    private @Nullable CutoverStage opened;

    CutoverIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @BeforeEach
    void nameAfterTheTest(TestInfo info) {
        name = info.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void carriesEveryGroupToItsNextRecord() throws Exception {
        CutoverStage stage = stage(LONG);
        fill(stage);
        Map<String, Long> positions =
                Map.of("start", 0L, "middle", 3L, "hole", 6L, "marker", 7L, "end", 11L, "beyond", 900L);
        positions.forEach((group, offset) -> stage.commitOnSource(
                group(group), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(offset, "note of " + group))));
        stage.commitOnSource(group("below"), Map.of(stage.kafkaPartition(1), new OffsetAndMetadata(1)));
        stage.commitOnSource(group("busy"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(2)));
        stage.commitOnSource(group("modern"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(2)));
        stage.commitOnSource(group("left"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(2)));
        stage.commitOnSource(group("ahead"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(1)));
        stage.commitOnSource("amazon.msk.canary." + name, Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(1)));
        CutoverStage.get(stage.run
                .source()
                .deleteRecords(Map.of(stage.kafkaPartition(1), RecordsToDelete.beforeOffset(4)))
                .all());
        stage.plan();
        stage.copy();
        stage.commitOnTarget(group("ahead"), 0, 4);
        activeOnTarget(stage, group("left"), "consumer").close();
        try (KafkaConsumer<byte[], byte[]> busy = activeOnTarget(stage, group("busy"), "classic");
                KafkaConsumer<byte[], byte[]> modern = activeOnTarget(stage, group("modern"), "consumer")) {
            assertThat(busy.assignment()).isNotEmpty();
            assertThat(modern.assignment()).isNotEmpty();
            cutOver(stage);
        }

        assertThat(stage.nextOnTarget(group("start"), 0)).contains("r0");
        assertThat(stage.nextOnTarget(group("middle"), 0)).contains("r3");
        assertThat(stage.nextOnTarget(group("hole"), 0)).contains("r8");
        assertThat(stage.nextOnTarget(group("marker"), 0)).contains("r8");
        assertThat(stage.nextOnTarget(group("end"), 0)).contains(SentinelsReport.KEY);
        assertThat(stage.nextOnTarget(group("beyond"), 0)).isEmpty();
        assertThat(stage.nextOnTarget(group("below"), 1)).contains("r4");
        assertThat(stage.committedOnTarget(group("middle"), 0)).isEqualTo(new OffsetAndMetadata(3, "note of middle"));
        assertThat(stage.committedOnTarget(group("busy"), 0)).isNull();
        assertThat(stage.committedOnTarget(group("modern"), 0)).isNull();
        assertThat(stage.nextOnTarget(group("left"), 0)).contains("r2");
        assertThat(Objects.requireNonNull(stage.committedOnTarget(group("ahead"), 0))
                        .offset())
                .isEqualTo(4);
        GroupsReport report = stage.run.read(stage.run.objects().result("groups"), GroupsReport.class);
        assertThat(position(report, "hole", 0).kind()).isEqualTo(PositionKind.NEXT_SURVIVOR);
        assertThat(position(report, "beyond", 0).kind()).isEqualTo(PositionKind.CLIPPED_TO_END);
        assertThat(position(report, "below", 1).kind()).isEqualTo(PositionKind.BELOW_RANGE);
        assertThat(position(report, "busy", 0).outcome()).isEqualTo(PositionOutcome.ACTIVE_ON_TARGET);
        assertThat(position(report, "modern", 0).outcome()).isEqualTo(PositionOutcome.ACTIVE_ON_TARGET);
        assertThat(position(report, "ahead", 0).outcome()).isEqualTo(PositionOutcome.KEPT_ON_TARGET);
        assertThat(report.skipped()).containsKey(new GroupId("amazon.msk.canary." + name));
        assertThat(report.warnings().stream().filter(line -> line.contains(name)))
                .hasSize(4);
    }

    @Test
    void commitsTheCutoverAndTellsTheStory() throws Exception {
        CutoverStage stage = prepared(LONG);

        cutOver(stage);

        assertThat(freeze(stage).state()).isEqualTo(FreezeState.COMMITTED);
        assertThat(control(stage).state()).isEqualTo(DesiredState.STOP);
        assertThat(released).hasValue(1);
        assertThat(stage.producersSide.actions()).containsExactly("freeze");
        JournalEntry last = lastEntry(stage);
        assertThat(last.to()).isEqualTo(Phase.AWAITING_CLIENT_SWITCH);
        assertThat(last.what()).isEqualTo("READY_FOR_CLIENT_SWITCH");
        CutoverReport report = stage.run.read(stage.run.objects().result("cutover"), CutoverReport.class);
        assertThat(report.partMillis().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(report.frozenMillis());
        assertThat(new Unfreeze(stage.run).giveUp(new Cause(null, null)))
                .returns(true, Unfreeze.Report::committed)
                .returns(false, Unfreeze.Report::released);
        assertThatThrownBy(() -> new Rollback(stage.run).rollBack(new Cause(null, null)))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("COMMIT_ALREADY_MADE");
        assertThat(control(stage).state()).isEqualTo(DesiredState.STOP);
    }

    @Test
    void namesThePartitionOfAProducerThatGoesOnAndSucceedsNextTime() throws Exception {
        CutoverStage stage = prepared(Duration.ofSeconds(3));
        CountDownLatch stop = new CountDownLatch(1);
        Thread producer = new Thread(() -> {
            try {
                while (!stop.await(20, TimeUnit.MILLISECONDS)) {
                    stage.produce(1, 50, 51);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        producer.start();
        try {
            assertThatThrownBy(() -> new ProducerFreeze(stage.run).freeze(Instant.MAX))
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("FREEZE_NOT_PROVEN")
                    .hasMessageContaining(stage.topic + "/1 moved by ")
                    .hasMessageMatching("(?s).*last written to, as the brokers say: " + stage.topic
                            + "/1 by producer id \\d+ \\(epoch 0, sequence \\d+, at 20.*")
                    .hasMessageNotContaining(stage.topic + "/0");
        } finally {
            stop.countDown();
            producer.join(5_000);
        }

        new Unfreeze(stage.run).giveUp(new Cause("X", "{\"errorMessage\":\"somebody goes on\"}"));

        assertThat(stage.producersSide.actions()).containsExactly("freeze", "unfreeze");
        assertThat(freeze(stage).state()).isEqualTo(FreezeState.RELEASED);
        assertThat(control(stage).state()).isEqualTo(DesiredState.RUN);
        assertThat(lastEntry(stage).to()).isEqualTo(Phase.TAIL);
        assertThat(lastEntry(stage).facts()).containsEntry("cause", "somebody goes on");

        cutOver(stage);

        assertThat(freeze(stage).attempt()).isEqualTo(2);
        assertThat(freeze(stage).isCommitted()).isTrue();
    }

    @Test
    void namesThePartitionOfAnOpenTransaction() {
        CutoverStage stage = prepared(Duration.ofSeconds(2));
        try (KafkaProducer<byte[], byte[]> open =
                CutoverStage.producer(clusters.source().bootstrapServers(), "open-" + name)) {
            open.initTransactions();
            open.beginTransaction();
            CutoverStage.send(open, stage.record(0, "open"));

            assertThatThrownBy(() -> new ProducerFreeze(stage.run).freeze(Instant.MAX))
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("FREEZE_NOT_PROVEN")
                    .hasMessageContaining(stage.topic + "/0 open transaction over 1")
                    .hasMessageContaining(", in a transaction since offset ");
            open.abortTransaction();
        }
    }

    @Test
    void provesTheFreezeOnlyOnceTheLastOpenTransactionHasEnded() throws Exception {
        CutoverStage stage = prepared(LONG);
        try (KafkaProducer<byte[], byte[]> open =
                CutoverStage.producer(clusters.source().bootstrapServers(), "late-" + name)) {
            open.initTransactions();
            open.beginTransaction();
            CutoverStage.send(open, stage.record(0, "across the freeze"));
            CompletableFuture<Void> freezing = CompletableFuture.runAsync(() -> {
                try {
                    new ProducerFreeze(stage.run).freeze(Instant.MAX);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .atMost(CutoverStage.PATIENCE)
                    .until(() -> stage.producersSide.actions().contains("freeze"));
            // Two windows in which nothing but the open transaction could keep the proof from passing.
            Awaitility.await()
                    .pollDelay(FreezeProof.WINDOW.multipliedBy(2))
                    .untilAsserted(() -> assertThat(freezing).isNotDone());

            open.commitTransaction();

            freezing.get(CutoverStage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        new SentinelPublication(stage.run).publish();
        stage.copy();
        new DrainWait(stage.run).await();
        new OffsetTranslation(stage.run, stage.maps).translate();
        new FloorCheck(stage.run, run -> released.incrementAndGet()).verify();
        assertThat(freeze(stage).isCommitted()).isTrue();
        stage.commitOnTarget("reader-" + name, 0, 11 - 3);
        assertThat(stage.nextOnTarget("reader-" + name, 0)).contains("across the freeze");
    }

    @Test
    void commitsNothingWhenARecordCameAfterASentinel() throws Exception {
        CutoverStage stage = prepared(LONG);
        upToTranslation(stage);
        stage.produce(1, 70, 71);

        assertThatThrownBy(() -> new FloorCheck(stage.run, run -> released.incrementAndGet()).verify())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_NOT_PROVEN")
                .hasMessageContaining(stage.topic + "/1 moved by 1");

        assertThat(freeze(stage).state()).isEqualTo(FreezeState.PROVEN);
        assertThat(control(stage).state()).isEqualTo(DesiredState.DRAIN);
        assertThat(released).hasValue(0);
    }

    @Test
    void commitsNothingWhenSomebodyElseWroteToTheTarget() throws Exception {
        CutoverStage stage = prepared(LONG);
        upToTranslation(stage);
        stage.targetProducer.send(stage.record(0, "foreign")).get();

        assertThatThrownBy(() -> new FloorCheck(stage.run, run -> released.incrementAndGet()).verify())
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining("OFFSET_FLOOR_BROKEN")
                .hasMessageContaining(stage.topic + "/0: log end");

        assertThat(freeze(stage).isCommitted()).isFalse();
    }

    @Test
    void namesWhatLagsWhenTheDrainDoesNotFinishInTime() throws Exception {
        CutoverStage stage = prepared(Duration.ofSeconds(3));
        new ProducerFreeze(stage.run).freeze(Instant.MAX);
        new SentinelPublication(stage.run).publish();

        assertThatThrownBy(() -> new DrainWait(stage.run).await())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT")
                .hasMessageContaining(stage.topic + "/0 is at 11 of 12");
        assertThatThrownBy(() -> new OffsetTranslation(stage.run, stage.maps).translate())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT");
    }

    @Test
    void publishesOneSetOfSentinelsPerAttempt() throws Exception {
        CutoverStage stage = prepared(LONG);
        new ProducerFreeze(stage.run).freeze(Instant.MAX);
        new SentinelPublication(stage.run).publish();
        SentinelsReport first = stage.run.read(stage.run.objects().result("sentinels"), SentinelsReport.class);
        LaneControl control = control(stage);

        new SentinelPublication(stage.run).publish();

        assertThat(stage.run.read(stage.run.objects().result("sentinels"), SentinelsReport.class))
                .isEqualTo(first);
        assertThat(control(stage)).isEqualTo(control);
        assertThat(control.ends()).isEqualTo(first.ends());
        assertThat(first.sentinels()).hasSize(2);
    }

    @Test
    void carriesOverWhatStillMovesForwardOnlyAndNeverOverTheTargetsOwnCommit() throws Exception {
        CutoverStage stage = prepared(LONG);
        stage.commitOnSource(group("late"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(1)));
        stage.commitOnSource(group("switched"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(1)));
        cutOver(stage);
        GroupResync resync = new GroupResync(stage.run, stage.maps);

        assertThat(resync.round()).isZero();
        stage.commitOnSource(group("late"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(8, "later")));
        assertThat(resync.round()).isEqualTo(1);
        assertThat(stage.committedOnTarget(group("late"), 0)).isEqualTo(new OffsetAndMetadata(5, "later"));

        stage.commitOnSource(group("late"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(2)));
        stage.commitOnTarget(group("switched"), 0, 2);
        stage.commitOnSource(group("switched"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(4)));
        assertThat(resync.round()).isZero();

        assertThat(Objects.requireNonNull(stage.committedOnTarget(group("late"), 0))
                        .offset())
                .isEqualTo(5);
        assertThat(Objects.requireNonNull(stage.committedOnTarget(group("switched"), 0))
                        .offset())
                .isEqualTo(2);
        ResyncReport report = stage.run.read(stage.run.objects().result("resync"), ResyncReport.class);
        assertThat(report.rounds()).isEqualTo(3);
        assertThat(report.groups()).containsOnlyKeys(new GroupId(group("late")), new GroupId(group("switched")));
    }

    @Test
    void rehearsesWithoutTouchingAnything() throws Exception {
        CutoverStage stage = prepared(LONG);
        stage.commitOnSource(group("middle"), Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(3)));

        new Rehearsal(stage.run, stage.maps).rehearse();

        RehearsalReport report = stage.run.read(stage.run.objects().result("rehearsal"), RehearsalReport.class);
        assertThat(report.predictedFrozenMillis()).isBetween(1L, 60_000L);
        assertThat(report.partMillis()).containsOnlyKeys("freeze", "sentinels", "drain", "groups", "floor");
        assertThat(stage.producersSide.actions()).isEmpty();
        assertThat(stage.committedOnTarget(group("middle"), 0)).isNull();
        assertThat(stage.offset(stage.run.source(), 0, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                .isEqualTo(11);
    }

    @Test
    void rehearsesNothingWhileTheSourceHasWhatNoLaneHas() throws Exception {
        CutoverStage stage = prepared(LONG);
        CutoverStage.get(stage.run
                .source()
                .createPartitions(Map.of(stage.topic, NewPartitions.increaseTo(3)))
                .all());
        awaitPartitions(stage, stage.topic, 3);

        assertThatThrownBy(() -> new Rehearsal(stage.run, stage.maps).rehearse())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("looked last: " + stage.topic + "/2;");

        assertThat(stage.producersSide.actions()).isEmpty();
    }

    @Test
    void commitsNothingWhenATopicWasCreatedInTheFrozenWindow() throws Exception {
        CutoverStage stage = prepared(LONG);
        upToTranslation(stage);
        String late = stage.topic + "-late";
        CutoverStage.get(stage.run
                .source()
                .createTopics(List.of(new NewTopic(late, 1, (short) 1), new NewTopic("other-" + name, 1, (short) 1)))
                .all());
        awaitPartitions(stage, late, 1);

        assertThatThrownBy(() -> new FloorCheck(stage.run, run -> released.incrementAndGet()).verify())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("looked last: " + late + "/0;");

        assertThat(freeze(stage).isCommitted()).isFalse();
        assertThat(released).hasValue(0);
    }

    @Test
    void namesAPlannedTopicThatWasDeletedBeforeAnythingIsFrozen() throws Exception {
        CutoverStage stage = prepared(LONG);
        CutoverStage.get(stage.run.source().deleteTopics(List.of(stage.topic)).all());
        awaitPartitions(stage, stage.topic, 0);

        assertThatThrownBy(() -> new Rehearsal(stage.run, stage.maps).rehearse())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("not finished them yet: " + stage.topic + "/0, " + stage.topic + "/1;");
    }

    @Test
    void letsProducersGoOnAgainThatWereStoppedAfterTheFreezeWasGivenUp() throws Exception {
        CutoverStage stage = prepared(LONG);
        stage.producersSide.beforeFreezing(() -> {
            try {
                assertThat(new ProducerRelease(stage.run).release()).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThatThrownBy(() -> new ProducerFreeze(stage.run).freeze(Instant.MAX))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("was given up while the producers' side was asked for it");

        assertThat(stage.producersSide.actions()).containsExactly("unfreeze", "freeze", "unfreeze");
        assertThat(stage.producersSide.keys()).doesNotHaveDuplicates();
    }

    @Test
    void asksNobodyToFreezeWhenThePlanWasExtendedAfterTheApproval() throws Exception {
        CutoverStage stage = prepared(LONG);
        Instant now = Instant.now();
        stage.run.write(
                stage.run.objects().result("drain-ready"),
                new DrainReadyReport(now, now, 0, 0, 0, 0, 0, 0, 1, 2, Map.of(), List.of()));
        LanePartition late =
                new LanePartition(PartitionId.of(stage.topic + "-late", 0), SourceOffset.of(0), SourceOffset.of(0), 0);
        new StoredLanes(stage.run.backup(), stage.run.objects())
                .add(new PlanExtension(
                        PlanExtension.FORMAT, 0, now, List.of(new LanePlan(new LaneId(0), List.of(late)))));

        assertThatThrownBy(() -> new ProducerFreeze(stage.run).freeze(Instant.MAX))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("TOPOLOGY_CONFLICT")
                .hasMessageContaining("with 1 extensions, was on one with 0");

        assertThat(stage.producersSide.actions()).isEmpty();
    }

    private static void awaitPartitions(CutoverStage stage, String topic, int wanted) {
        SelectedTopics topics =
                new SelectedTopics(stage.run.source(), stage.run.config().topics());
        Awaitility.await()
                .atMost(CutoverStage.PATIENCE)
                .until(() -> topics.read(List.of(), CutoverStage.PATIENCE)
                                .getOrDefault(new TopicName(topic), new SourceTopic(0, null))
                                .partitions()
                        == wanted);
    }

    private void cutOver(CutoverStage stage) throws InterruptedException {
        upToTranslation(stage);
        new FloorCheck(stage.run, run -> released.incrementAndGet()).verify();
    }

    private static void upToTranslation(CutoverStage stage) throws InterruptedException {
        new ProducerFreeze(stage.run).freeze(Instant.MAX);
        new SentinelPublication(stage.run).publish();
        stage.copy();
        new DrainWait(stage.run).await();
        new OffsetTranslation(stage.run, stage.maps).translate();
    }

    private CutoverStage stage(Duration longestFreeze) {
        CutoverStage stage = new CutoverStage(clusters, directory, name, longestFreeze);
        opened = stage;
        return stage;
    }

    private CutoverStage prepared(Duration longestFreeze) {
        CutoverStage stage = stage(longestFreeze);
        fill(stage);
        stage.plan();
        stage.copy();
        return stage;
    }

    /**
     * Partition 0: r0 to r4 at 0 to 4, an aborted transaction at 5 and 6 with its marker at 7, r8 to r10 at 8 to 10.
     * Partition 1: r0 to r5.
     */
    private static void fill(CutoverStage stage) {
        stage.produce(0, 0, 5);
        stage.produceAborted();
        stage.produce(0, 8, 11);
        stage.produce(1, 0, 6);
    }

    private static KafkaConsumer<byte[], byte[]> activeOnTarget(CutoverStage stage, String group, String protocol) {
        KafkaConsumer<byte[], byte[]> consumer = CutoverStage.consumer(
                stage.clusters.target().bootstrapServers(),
                Map.of("group.id", group, "auto.offset.reset", "latest", "group.protocol", protocol));
        consumer.subscribe(List.of(stage.topic));
        Awaitility.await().atMost(CutoverStage.PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        return consumer;
    }

    private String group(String role) {
        return role + "-" + name;
    }

    private PositionReport position(GroupsReport report, String role, int partition) {
        return Objects.requireNonNull(Objects.requireNonNull(report.groups().get(new GroupId(group(role))))
                .positions()
                .get(Objects.requireNonNull(opened).partition(partition)));
    }

    private static Freeze freeze(CutoverStage stage) {
        return stage.run.read(stage.run.objects().result("freeze"), Freeze.class);
    }

    private static LaneControl control(CutoverStage stage) {
        return stage.run.read(stage.run.objects().control(), LaneControl.class);
    }

    private static JournalEntry lastEntry(CutoverStage stage) {
        List<JournalEntry> entries = stage.run.journal().entries();
        return entries.get(entries.size() - 1);
    }
}
