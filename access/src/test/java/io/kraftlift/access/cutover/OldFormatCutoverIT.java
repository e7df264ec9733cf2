package io.kraftlift.access.cutover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.validation.Validation;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cutover of topics that store their records in format 0 and 1, as brokers upgraded from before 0.11 still may. */
@RealClusters(sourceProperties = "inter.broker.protocol.version=2.8")
final class OldFormatCutoverIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Clusters clusters;
    private final Path directory;

    OldFormatCutoverIT(Clusters clusters, @TempDir Path directory) {
        this.clusters = clusters;
        this.directory = directory;
    }

    @ParameterizedTest
    @CsvSource({"0.9.0, RECORD", "0.10.2, RECORD", "0.10.2, MARKER"})
    void endsATopicThatTakesNeitherHeadersNorTransactionsWithAPlainSentinel(String format, SentinelKind kind)
            throws Exception {
        try (CutoverStage stage =
                new CutoverStage(clusters, directory, "old-" + format + kind, Runs.cutover(null, LONG, kind))) {
            store(stage, format);
            refusesIdempotentProducers(stage);
            produce(stage, "r0", "r1", "r2");
            stage.commitOnSource("reader-" + format, Map.of(stage.kafkaPartition(0), new OffsetAndMetadata(1)));
            stage.plan();
            stage.copy();

            new ProducerFreeze(stage.run).freeze(Instant.MAX);
            new SentinelPublication(stage.run).publish();
            stage.copy();
            new DrainWait(stage.run).await();
            new OffsetTranslation(stage.run, stage.maps).translate();
            new FloorCheck(stage.run, run -> {}).verify();

            assertThat(stage.run
                            .read(stage.run.objects().result("freeze"), Freeze.class)
                            .isCommitted())
                    .isTrue();
            assertThat(stage.nextOnTarget("reader-" + format, 0)).contains("r1");
            CheckResult presence = presence(stage);
            assertThat(presence.outcome()).as(presence.reasons().toString()).isEqualTo(Outcome.PASSED);
            assertThat(presence.numbers()).containsEntry("sentinels_found", 2L);
            List<String> told = stage.run
                    .read(stage.run.objects().result("cutover"), CutoverReport.class)
                    .warnings();
            if (kind == SentinelKind.MARKER) {
                assertThat(presence.notes())
                        .hasSize(2)
                        .first()
                        .isEqualTo(stage.topic + "/0: ends with a record and not with a marker, for its message format"
                                + " knows no transactions");
                assertThat(told).hasSize(2).first().asString().startsWith(stage.topic + "/0: ends with a record");
            } else {
                assertThat(presence.notes()).isEmpty();
                assertThat(told).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "0.10.2")
    void doesNotTakeAnotherRecordForThePlainSentinel(String format) throws Exception {
        try (CutoverStage stage = new CutoverStage(clusters, directory, "false-" + format, LONG)) {
            store(stage, format);
            stage.plan();
            stage.copy();
            new ProducerFreeze(stage.run).freeze(Instant.MAX);
            new SentinelPublication(stage.run).publish();
            CutoverStage.send(
                    stage.targetProducer,
                    new ProducerRecord<>(
                            stage.topic,
                            0,
                            SentinelsReport.KEY.getBytes(UTF_8),
                            SentinelsReport.valueWithoutHeaders(stage.run.migration(), stage.partition(1))
                                    .getBytes(UTF_8)));
            stage.copy();

            CheckResult presence = presence(stage);

            assertThat(presence.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(presence.reasons())
                    .containsExactly(stage.topic
                            + "/0: the sentinel at source offset 0 differs from the record at target offset 0 in"
                            + " [HEADERS]");
        }
    }

    private static CheckResult presence(CutoverStage stage) throws Exception {
        stage.run.write(stage.run.objects().result("topology"), Map.of("topics", List.of()));
        return new Validation(stage.run).validate().report().sentinelPresence();
    }

    private static void store(CutoverStage stage, String format) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, stage.topic);
        AlterConfigOp old =
                new AlterConfigOp(new ConfigEntry("message.format.version", format), AlterConfigOp.OpType.SET);
        CutoverStage.get(stage.run
                .source()
                .incrementalAlterConfigs(Map.of(topic, List.of(old)))
                .all());
        org.awaitility.Awaitility.await()
                .atMost(CutoverStage.PATIENCE)
                .untilAsserted(() -> refusesIdempotentProducers(stage));
    }

    private static void refusesIdempotentProducers(CutoverStage stage) {
        assertThatThrownBy(() ->
                        stage.sourceProducer.send(stage.record(1, "idempotent")).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(UnsupportedForMessageFormatException.class);
    }

    private void produce(CutoverStage stage, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> plain = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        clusters.source().bootstrapServers(),
                        "enable.idempotence",
                        false,
                        "compression.type",
                        "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                Future<RecordMetadata> sent = plain.send(stage.record(0, value));
                sent.get();
            }
        }
    }
}
