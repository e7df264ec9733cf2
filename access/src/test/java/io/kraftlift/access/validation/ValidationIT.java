package io.kraftlift.access.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupReport;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.groups.PositionKind;
import io.kraftlift.core.groups.PositionOutcome;
import io.kraftlift.core.groups.PositionReport;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.core.validation.ValidationReport;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

@RealClusters
class ValidationIT {
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 40;

    /** The source's log starts here: what is before was deleted and not copied. */
    private static final int SOURCE_START = 5;

    private static final GroupId GROUP = new GroupId("validation-readers");

    @TempDir
    private Path folder = Path.of("");

    private final Clusters clusters;
    private String topic = "";

    ValidationIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @BeforeEach
    void nameTheTopic(TestInfo test) {
        topic = "validation." + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    }

    @Test
    void passesAFaithfulCopyWhoseSourceStartsLaterAndWhoseGroupHasMovedOn() throws Exception {
        try (MigrationRun run = aCopy(Map.of(), List.of())) {
            commit(run, 0, 20);
            commit(run, 1, RECORDS - SOURCE_START + 1);

            ValidationReport report = new Validation(run).validate().report();

            assertThat(report.overall()).as(Documents.writeText(report)).isEqualTo(Outcome.PASSED);
            assertThat(report.spotCheckRecords().numbers())
                    .containsEntry("partitions_checked", (long) PARTITIONS)
                    .containsEntry("records_checked", 5L * PARTITIONS);
            assertThat(report.sentinelPresence().numbers()).containsEntry("sentinels_found", (long) PARTITIONS);
            assertThat(run.find(run.objects().result("validation"), ValidationReport.class))
                    .contains(report);
        }
    }

    @Test
    void namesEveryPlantedDifferenceByPartitionAndOffset() throws Exception {
        ProducerRecord<byte[], byte[]> otherHeader = record(0, SOURCE_START);
        otherHeader.headers().remove("none");
        otherHeader.headers().add("none", new byte[0]);
        ProducerRecord<byte[], byte[]> otherTime = new ProducerRecord<>(
                topic,
                1,
                77L,
                bytes("k" + SOURCE_START),
                bytes("v" + SOURCE_START),
                record(1, SOURCE_START).headers());
        ProducerRecord<byte[], byte[]> noSentinel = record(2, RECORDS);
        try (MigrationRun run = aCopy(
                Map.of(
                        PartitionId.of(topic, 0), otherHeader,
                        PartitionId.of(topic, 1), otherTime,
                        PartitionId.of(topic, 2), noSentinel),
                List.of(record(1, RECORDS + 1)))) {
            commit(run, 0, 19);

            ValidationReport report = new Validation(run).validate().report();

            assertThat(report.overall()).isEqualTo(Outcome.FAILED);
            assertFailed(
                    report.spotCheckRecords(),
                    topic + "/0: the record at source offset 5 differs from the one at target offset 0 in [HEADERS]");
            assertFailed(
                    report.spotCheckRecords(),
                    topic + "/1: the record at source offset 5 differs from the one at target offset 0 in [TIMESTAMP]");
            assertFailed(
                    report.sentinelPresence(),
                    topic + "/2: the sentinel at source offset 40 differs from the record at target offset 35 in [KEY,"
                            + " HEADERS]");
            assertFailed(
                    report.countsAndOffsets(),
                    topic + "/1: source offsets 41 to 41 were written after the freeze and are not on the target");
            assertFailed(
                    report.consumerGroupReconciliation(),
                    "group validation-readers, " + topic + "/0: was committed at 20, the target has 19");
            assertFailed(
                    report.consumerGroupReconciliation(),
                    "group validation-readers, " + topic + "/1: was committed at 20, the target has no position");
        }
    }

    @Test
    void namesAPositionThatWasTranslatedWronglyAndOneBeyondTheEnd() throws Exception {
        try (MigrationRun run = aCopy(Map.of(), List.of())) {
            PositionReport oneTooFar = new PositionReport(
                    SourceOffset.of(25),
                    PositionKind.EXACT,
                    TargetOffset.of(21),
                    TargetOffset.of(21),
                    PositionOutcome.COMMITTED,
                    null);
            GroupsReport report = run.read(run.objects().result("groups"), GroupsReport.class);
            Map<PartitionId, PositionReport> positions = new TreeMap<>(
                    java.util.Objects.requireNonNull(report.groups().get(GROUP)).positions());
            positions.put(PartitionId.of(topic, 0), oneTooFar);
            run.write(
                    run.objects().result("groups"),
                    new GroupsReport(
                            1,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            1,
                            2,
                            Map.of(GROUP, new GroupReport(positions)),
                            Map.of(),
                            List.of()));
            commit(run, 0, 21);
            commit(run, 1, RECORDS - SOURCE_START + 2);

            ValidationReport validated = new Validation(run).validate().report();

            assertThat(validated.consumerGroupReconciliation().reasons())
                    .containsExactlyInAnyOrder(
                            "group validation-readers, " + topic
                                    + "/0: source offset 25 was translated to 21, the offset map has it at 20",
                            "group validation-readers, " + topic + "/1: the target has 37, beyond the log's end 36");
            assertThat(validated.overall()).isEqualTo(Outcome.FAILED);
        }
    }

    private static void assertFailed(CheckResult check, String reason) {
        assertThat(check.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(check.reasons()).contains(reason);
    }

    /**
     * Both clusters and the objects as the earlier steps leave them.
     *
     * @param instead what the target has in place of one record of a partition: of the first one, or of the sentinel
     *     where the key is that of a later record
     * @param afterTheFreeze records that only the source has
     */
    private MigrationRun aCopy(
            Map<PartitionId, ProducerRecord<byte[], byte[]>> instead,
            List<ProducerRecord<byte[], byte[]>> afterTheFreeze)
            throws Exception {
        MigrationRun run = run();
        List<NewTopic> topics =
                List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1")));
        run.source().createTopics(topics).all().get(180, TimeUnit.SECONDS);
        run.target().createTopics(topics).all().get(180, TimeUnit.SECONDS);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> source = producer(clusters.source().bootstrapServers());
                KafkaProducer<byte[], byte[]> target =
                        producer(clusters.target().bootstrapServers())) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                @Nullable ProducerRecord<byte[], byte[]> other = instead.get(PartitionId.of(topic, partition));
                boolean otherIsLast =
                        other != null && new String(other.key(), StandardCharsets.UTF_8).equals("k" + RECORDS);
                for (int offset = 0; offset <= RECORDS; offset++) {
                    ProducerRecord<byte[], byte[]> record =
                            offset == RECORDS ? sentinel(partition) : record(partition, offset);
                    sent.add(source.send(record));
                    boolean replaced = other != null && offset == (otherIsLast ? RECORDS : SOURCE_START);
                    if (offset >= SOURCE_START) {
                        sent.add(target.send(replaced && other != null ? other : record));
                    }
                }
            }
            afterTheFreeze.forEach(record -> sent.add(source.send(record)));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get(180, TimeUnit.SECONDS);
        }
        truncateSource(run);
        writeObjects(run);
        return run;
    }

    private void truncateSource(MigrationRun run) throws Exception {
        Map<TopicPartition, RecordsToDelete> delete = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            delete.put(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(SOURCE_START));
        }
        run.source().deleteRecords(delete).all().get(180, TimeUnit.SECONDS);
    }

    private void writeObjects(MigrationRun run) {
        LaneId lane = new LaneId(0);
        List<LanePartition> planned = new ArrayList<>();
        Map<PartitionId, PartitionProgress> progress = new TreeMap<>();
        Map<PartitionId, SourceOffset> sentinels = new TreeMap<>();
        Map<PartitionId, PositionReport> positions = new TreeMap<>();
        int copied = RECORDS + 1 - SOURCE_START;
        for (int i = 0; i < PARTITIONS; i++) {
            PartitionId partition = PartitionId.of(topic, i);
            OffsetMap map = new OffsetMap(partition, SourceOffset.of(SOURCE_START), TargetOffset.of(0));
            map.append(SOURCE_START, copied);
            run.backup().put(run.objects().offsetMap(partition), ByteBuffer.wrap(OffsetMapFormat.write(map)));
            planned.add(new LanePartition(partition, SourceOffset.of(SOURCE_START), SourceOffset.of(RECORDS), 0));
            progress.put(
                    partition,
                    new PartitionProgress(
                            SourceOffset.of(RECORDS + 1),
                            TargetOffset.of(copied),
                            copied,
                            copied * 80L,
                            Sha256.of(new byte[] {(byte) i})));
            sentinels.put(partition, SourceOffset.of(RECORDS));
            if (i < 2) {
                positions.put(
                        partition,
                        new PositionReport(
                                SourceOffset.of(25),
                                PositionKind.EXACT,
                                TargetOffset.of(20),
                                TargetOffset.of(20),
                                PositionOutcome.COMMITTED,
                                null));
            }
        }
        Instant now = Instant.EPOCH;
        run.write(run.objects().plan("lanes.json"), new LanePlans(List.of(new LanePlan(lane, planned))));
        run.write(run.objects().checkpoint(lane), new Checkpoint(Checkpoint.FORMAT, lane, 3, 3, progress, List.of()));
        run.write(run.objects().result("sentinels"), new SentinelsReport(1, now, now, sentinels));
        run.write(run.objects().result("topology"), Map.of("topics", List.of()));
        run.write(
                run.objects().result("groups"),
                new GroupsReport(1, now, now, 1, 2, Map.of(GROUP, new GroupReport(positions)), Map.of(), List.of()));
    }

    private void commit(MigrationRun run, int partition, long offset) throws Exception {
        run.target()
                .alterConsumerGroupOffsets(
                        GROUP.value(), Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get(180, TimeUnit.SECONDS);
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> new ClusterFacts(run.target(), "target")
                        .positions(Set.of(GROUP))
                        .getOrDefault(GROUP, Map.of())
                        .containsKey(PartitionId.of(topic, partition)));
    }

    private ProducerRecord<byte[], byte[]> record(int partition, int number) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, partition, 1_700_000_000_000L + number, bytes("k" + number), bytes("v" + number));
        record.headers().add("number", bytes(Integer.toString(number)));
        record.headers().add("none", null);
        return record;
    }

    private ProducerRecord<byte[], byte[]> sentinel(int partition) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic, partition, 1_700_000_009_000L, bytes(SentinelsReport.KEY), bytes("sentinel"));
        record.headers().add(SentinelsReport.MIGRATION_HEADER, bytes("validated"));
        record.headers().add(SentinelsReport.PARTITION_HEADER, bytes(topic + "/" + partition));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        20),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private MigrationRun run() {
        MigrationConfig config = new MigrationConfig(
                cluster(clusters.source().bootstrapServers()),
                cluster(clusters.target().bootstrapServers()),
                new TopicSelection(List.of(topic), List.of()),
                new StoreSettings.Directory(folder.resolve("backup").toString()),
                new EvidenceSettings(
                        new StoreSettings.Directory(folder.resolve("evidence").toString()), Period.ofYears(7), null),
                new SeedSettings(4, ByteSize.mebibytes(32), 1, null),
                ConfigDrift.FAIL,
                new CutoverSettings(
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofHours(1)),
                new ValidationSettings(ValidationMode.SAMPLE, 1, 5),
                AclDrift.MERGE);
        return new MigrationRun(
                new MigrationId("validated"),
                config,
                Sha256.of(new byte[] {7}),
                new Surroundings(Map.of(), Clock.systemUTC(), duration -> {}, new SecureRandom()));
    }

    private static ClusterSettings cluster(String bootstrap) {
        return new ClusterSettings(new ClusterLocation.Bootstrap(bootstrap), new AuthSettings.Plaintext());
    }
}
