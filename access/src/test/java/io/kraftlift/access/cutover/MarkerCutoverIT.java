package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.groups.StoredOffsetMaps;
import io.kraftlift.access.validation.Validation;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.RehearsalReport;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.groups.PositionKind;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.OffsetRun;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The cutover with sentinels that are transactions' markers. */
@RealClusters
final class MarkerCutoverIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String OURS = "kraftlift-m1-sentinel";

    private final Clusters clusters;
    private final Path directory;
    private String name = "";
    private @Nullable CutoverStage opened;

    MarkerCutoverIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.directory = directory;
    }

    @BeforeEach
    void nameAfterTheTest(TestInfo info) {
        name = "marked-" + info.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void endsATransactionalAndAnEmptyPartitionAndCarriesGroupsAtTheEndToTheTargetsEnd() throws Exception {
        CutoverStage stage = stage();
        fill(stage);
        stage.commitOnSource("before-" + name, Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(8)));
        stage.commitOnSource("waiting-" + name, Map.of(stage.kafkaPartition(1), new OffsetAndMetadata(0)));
        stage.plan();
        stage.copy();
        freezeAndPublish(stage);
        stage.commitOnSource("after-" + name, Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(9)));
        stage.copy();
        finish(stage);

        SentinelsReport sentinels = sentinels(stage);
        assertThat(sentinels.sentinels())
                .isEqualTo(Map.of(stage.partition(0), SourceOffset.of(8), stage.partition(1), SourceOffset.of(0)));
        assertThat(sentinels.producers()).containsOnlyKeys(stage.partition(0), stage.partition(1));
        assertThat(freeze(stage).isCommitted()).isTrue();
        assertThat(onTarget(stage, 0)).containsExactly("r0", "r1", "r2", "r3", "r4");
        assertThat(stage.offset(stage.run.target(), 0, OffsetSpec.latest())).isEqualTo(5);
        assertThat(stage.offset(stage.run.target(), 1, OffsetSpec.latest())).isZero();
        for (String role : List.of("before-", "after-")) {
            assertThat(stage.committedOnTarget(role + name, 0)).as(role).isEqualTo(new OffsetAndMetadata(5));
            assertThat(kindOf(stage, role + name, 0)).as(role).isEqualTo(PositionKind.END_OF_LOG);
        }
        assertThat(stage.committedOnTarget("waiting-" + name, 1)).isEqualTo(new OffsetAndMetadata(0));
        CheckResult presence = presence(stage);
        assertThat(presence.outcome()).as(presence.reasons().toString()).isEqualTo(Outcome.PASSED);
        assertThat(presence.numbers()).containsEntry("sentinels_found", 2L).containsEntry("markers_cleaned_away", 0L);
        assertThat(presence.notes()).isEmpty();
        assertThat(stage.run.read(stage.run.objects().result("cutover"), CutoverReport.class).warnings().stream()
                        .filter(warning -> warning.contains(name)))
                .isEmpty();
        assertNothingIsOpen(stage);
    }

    @Test
    void endsACompactedTopicWithoutARecord() throws Exception {
        CutoverStage stage = stage();
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, stage.topic);
        CutoverStage.get(stage.run
                .source()
                .incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", "compact"), AlterConfigOp.OpType.SET))))
                .all());
        CutoverStage.send(stage.sourceProducer, keyed(stage, "k", "one"));
        CutoverStage.send(stage.sourceProducer, keyed(stage, "k", "two"));
        stage.plan();
        stage.copy();

        cutOver(stage);

        assertThat(freeze(stage).isCommitted()).isTrue();
        assertThat(onTarget(stage, 0)).containsExactly("one", "two");
        CheckResult presence = presence(stage);
        assertThat(presence.outcome()).as(presence.reasons().toString()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void endsTheTransactionThatADeadAttemptLeftOpenAndComesLast() throws Exception {
        CutoverStage stage = prepared();
        new ProducerFreeze(stage.run).freeze(Instant.MAX);
        KafkaProducer<byte[], byte[]> dead =
                CutoverStage.producer(clusters.source().bootstrapServers(), OURS);
        dead.initTransactions();
        dead.beginTransaction();
        CutoverStage.send(dead, stage.record(0, "of a dead attempt"));

        new SentinelPublication(stage.run).publish();

        assertNothingIsOpen(stage);
        // The record at 8, the marker of its abort at 9.
        assertThat(sentinels(stage).sentinels()).containsEntry(stage.partition(0), SourceOffset.of(10));
        stage.copy();
        finish(stage);
        assertThat(freeze(stage).isCommitted()).isTrue();
        assertThat(onTarget(stage, 0)).containsExactly("r0", "r1", "r2", "r3", "r4");
        dead.close(Duration.ZERO);
    }

    @Test
    void passesOverTheMarkersOfAnAttemptThatWasGivenUp() throws Exception {
        CutoverStage stage = prepared();
        freezeAndPublish(stage);
        SentinelsReport first = sentinels(stage);
        new SentinelPublication(stage.run).publish();
        assertThat(sentinels(stage)).as("published again").isEqualTo(first);
        new Unfreeze(stage.run).giveUp(new Cause("X", "the first attempt is given up"));
        stage.produce(0, 9, 10);
        stage.copy();

        cutOver(stage);

        assertThat(freeze(stage).attempt()).isEqualTo(2);
        assertThat(freeze(stage).isCommitted()).isTrue();
        assertThat(sentinels(stage).sentinels()).containsEntry(stage.partition(0), SourceOffset.of(10));
        assertThat(onTarget(stage, 0)).containsExactly("r0", "r1", "r2", "r3", "r4", "r9");
        CheckResult presence = presence(stage);
        assertThat(presence.outcome()).as(presence.reasons().toString()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void countsTheLaterMarkersWhenTheFirstWereNotNotedDown() throws Exception {
        CutoverStage stage = prepared();
        freezeAndPublish(stage);
        SentinelsReport first = sentinels(stage);
        stage.run.write(
                stage.run.objects().result("sentinels"),
                new SentinelsReport(0, first.startedAt(), first.publishedAt(), Map.of()));

        new SentinelPublication(stage.run).publish();
        stage.copy();
        finish(stage);

        assertThat(sentinels(stage).sentinels())
                .isEqualTo(Map.of(stage.partition(0), SourceOffset.of(9), stage.partition(1), SourceOffset.of(1)));
        assertThat(freeze(stage).isCommitted()).isTrue();
        CheckResult presence = presence(stage);
        assertThat(presence.outcome()).as(presence.reasons().toString()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void commitsNothingWhenARecordCameAfterTheMarker() throws Exception {
        CutoverStage stage = prepared();
        upToTranslation(stage);
        stage.produce(1, 77, 78);

        assertThatThrownBy(() -> new FloorCheck(stage.run, run -> {}).verify())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_NOT_PROVEN")
                .hasMessageContaining(stage.topic + "/1 moved by 1 (1 to 2)");
    }

    @Test
    void commitsNothingWhenTheTargetDoesNotEndWhereTheMarkerStands() throws Exception {
        CutoverStage stage = prepared();
        upToTranslation(stage);
        CutoverStage.send(stage.targetProducer, stage.record(1, "foreign"));

        assertThatThrownBy(() -> new FloorCheck(stage.run, run -> {}).verify())
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining("OFFSET_FLOOR_BROKEN")
                .hasMessageContaining(stage.topic + "/1: log end must be 0, was 1");
    }

    @Test
    void rehearsesWithoutAMarker() throws Exception {
        CutoverStage stage = prepared();

        new Rehearsal(stage.run, stage.maps).rehearse();

        assertThat(stage.run
                        .read(stage.run.objects().result("rehearsal"), RehearsalReport.class)
                        .partMillis())
                .containsKey("sentinels");
        assertThat(stage.offset(stage.run.source(), 0, OffsetSpec.latest())).isEqualTo(8);
        assertThat(stage.offset(stage.run.source(), 1, OffsetSpec.latest())).isZero();
        assertNothingIsOpen(stage);
    }

    @Test
    void failsThePresenceOfAMarkerThatIsNotOursOnTheSource() throws Exception {
        CutoverStage stage = prepared();
        cutOver(stage);
        SentinelsReport published = sentinels(stage);
        ProducerIdentity ours = Objects.requireNonNull(published.producers().get(stage.partition(0)));
        ProducerIdentity another = new ProducerIdentity(ours.id(), (short) (ours.epoch() + 1));
        stage.run.write(
                stage.run.objects().result("sentinels"),
                new SentinelsReport(
                        published.attempt(),
                        published.startedAt(),
                        published.publishedAt(),
                        published.sentinels(),
                        Map.of(stage.partition(0), another, stage.partition(1), ours)));

        assertFailed(
                stage,
                stage.topic
                        + "/0: the marker at source offset 8 is not in the source's log, which ends before it or has"
                        + " something else there");
    }

    @Test
    void failsThePresenceOfAMarkerThatTheCopyDidNotReach() throws Exception {
        CutoverStage stage = prepared();
        cutOver(stage);
        OffsetMap whole = new StoredOffsetMaps(stage.run.backup(), stage.run.objects())
                .find(stage.partition(0))
                .orElseThrow();
        OffsetMap shorter = new OffsetMap(stage.partition(0), whole.copiedFrom(), whole.targetStart());
        for (OffsetRun run : whole.runs()) {
            shorter.append(run.source().value(), run.count());
        }
        shorter.advance(8);
        stage.run
                .backup()
                .put(
                        stage.run.objects().offsetMap(stage.partition(0)),
                        ByteBuffer.wrap(OffsetMapFormat.write(shorter)));

        assertFailed(
                stage,
                stage.topic + "/0: the marker at source offset 8 was not reached by the copy (" + stage.topic
                        + "/0: the copy is known up to 8, exclusive)");
    }

    @Test
    void failsThePresenceOfAMarkerWhoseEndTheTargetDoesNotHave() throws Exception {
        CutoverStage stage = prepared();
        cutOver(stage);
        Admin target = stage.run.target();
        CutoverStage.get(target.deleteTopics(List.of(stage.topic)).all());
        Awaitility.await()
                .atMost(CutoverStage.PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        CutoverStage.get(target.createTopics(List.of(new NewTopic(stage.topic, 2, (short) 1)))
                                .all()));

        assertFailed(
                stage,
                stage.topic + "/0: the marker at source offset 8 stands for target offset 5, but the target ends at 0");
    }

    @Test
    void warnsOfAMarkerThatRetentionHasRemovedFromTheSource() throws Exception {
        CutoverStage stage = prepared();
        cutOver(stage);
        CutoverStage.get(stage.run
                .source()
                .deleteRecords(Map.of(stage.kafkaPartition(0), RecordsToDelete.beforeOffset(9)))
                .all());

        CheckResult presence = presence(stage);

        assertThat(presence.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(presence.numbers())
                .containsEntry("sentinels_found", 1L)
                .containsEntry("sentinels_missing", 0L)
                .containsEntry("markers_cleaned_away", 1L);
        assertThat(presence.reasons())
                .singleElement()
                .asString()
                .startsWith(stage.topic + "/0: the marker at source offset 8 cannot be looked at again");
    }

    private static void assertFailed(CutoverStage stage, String reason) throws InterruptedException {
        CheckResult presence = presence(stage);
        assertThat(presence.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(presence.reasons()).containsExactly(reason);
    }

    private static CheckResult presence(CutoverStage stage) throws InterruptedException {
        stage.run.write(stage.run.objects().result("topology"), Map.of("topics", List.of()));
        return new Validation(stage.run).validate().report().sentinelPresence();
    }

    private void cutOver(CutoverStage stage) throws InterruptedException {
        upToTranslation(stage);
        new FloorCheck(stage.run, run -> {}).verify();
    }

    private static void upToTranslation(CutoverStage stage) throws InterruptedException {
        freezeAndPublish(stage);
        stage.copy();
        new DrainWait(stage.run).await();
        new OffsetTranslation(stage.run, stage.maps).translate();
    }

    private static void finish(CutoverStage stage) throws InterruptedException {
        new DrainWait(stage.run).await();
        new OffsetTranslation(stage.run, stage.maps).translate();
        new FloorCheck(stage.run, run -> {}).verify();
    }

    private static void freezeAndPublish(CutoverStage stage) throws InterruptedException {
        new ProducerFreeze(stage.run).freeze(Instant.MAX);
        new SentinelPublication(stage.run).publish();
    }

    private CutoverStage stage() {
        CutoverStage stage = new CutoverStage(clusters, directory, name, Runs.cutover(null, LONG, SentinelKind.MARKER));
        opened = stage;
        return stage;
    }

    private CutoverStage prepared() {
        CutoverStage stage = stage();
        fill(stage);
        stage.plan();
        stage.copy();
        return stage;
    }

    /** Partition 0: r0 to r4 at 0 to 4, an aborted transaction at 5 and 6 with its marker at 7. Partition 1: nothing. */
    private static void fill(CutoverStage stage) {
        stage.produce(0, 0, 5);
        stage.produceAborted();
    }

    private static ProducerRecord<byte[], byte[]> keyed(CutoverStage stage, String key, String value) {
        ProducerRecord<byte[], byte[]> plain = stage.record(0, value);
        return new ProducerRecord<>(plain.topic(), 0, key.getBytes(StandardCharsets.UTF_8), plain.value());
    }

    private static List<String> onTarget(CutoverStage stage, int partition) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                CutoverStage.consumer(stage.clusters.target().bootstrapServers(), Map.of())) {
            consumer.assign(List.of(stage.kafkaPartition(partition)));
            consumer.seekToBeginning(List.of(stage.kafkaPartition(partition)));
            long end = stage.offset(stage.run.target(), partition, OffsetSpec.latest());
            while (consumer.position(stage.kafkaPartition(partition)) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(new String(record.value(), StandardCharsets.UTF_8));
                }
            }
        }
        return values;
    }

    private static PositionKind kindOf(CutoverStage stage, String group, int partition) {
        GroupsReport report = stage.run.read(stage.run.objects().result("groups"), GroupsReport.class);
        return Objects.requireNonNull(Objects.requireNonNull(report.groups().get(new GroupId(group)))
                        .positions()
                        .get(stage.partition(partition)))
                .kind();
    }

    private static void assertNothingIsOpen(CutoverStage stage) {
        TransactionDescription ours = CutoverStage.get(
                stage.run.source().describeTransactions(List.of(OURS)).description(OURS));
        assertThat(ours.state()).isEqualTo(TransactionState.EMPTY);
        assertThat(ours.topicPartitions()).isEmpty();
    }

    private static SentinelsReport sentinels(CutoverStage stage) {
        return stage.run.read(stage.run.objects().result("sentinels"), SentinelsReport.class);
    }

    private static Freeze freeze(CutoverStage stage) {
        return stage.run.read(stage.run.objects().result("freeze"), Freeze.class);
    }
}
