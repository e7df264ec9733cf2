package io.kraftlift.benchmarks;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.CutoverReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.local.demo.LocalMachine;
import io.kraftlift.local.demo.WorkerClasspath;
import io.kraftlift.local.demo.WorkerOptions;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.local.states.TaskToken;
import io.kraftlift.local.workers.LocalWorkers;
import io.kraftlift.local.workload.FreezeWebhook;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * {@code freeze}: how long producers stand still for 1,000 partitions and 100 groups, part by part. The whole machine runs on
 * this one: brokers, workers, and the functions in this process, which the rehearsal has warmed up.
 */
final class FrozenTime {
    private static final int TOPICS = 10;
    private static final int PARTITIONS_PER_TOPIC = 100;
    private static final int GROUPS = 100;
    private static final int RECORDS_PER_PARTITION = 20;
    private static final int RECORD_BYTES = 1_000;
    private static final String SECRET = "a-secret-of-the-benchmark";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Options options;
    private final Path home;
    private final PrintStream out;

    FrozenTime(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    void run() throws InterruptedException, ExecutionException, IOException {
        Path folder = Folder.create(options.folder(home));
        try (BenchClusters clusters = new BenchClusters(folder)) {
            fill(clusters);
            try (FreezeWebhook webhook = FreezeWebhook.start(SECRET, new StandsStill());
                    LocalMachine machine = LocalMachine.start(
                            Surroundings.real(),
                            new LocalWorkers(
                                    WorkerClasspath.below(home),
                                    WorkerOptions.below(home, "-Xmx384m"),
                                    folder.resolve("workers")))) {
                print(cutOver(machine, configure(folder, clusters, webhook)));
            }
        } finally {
            Folder.remove(folder);
        }
    }

    /** Producers that have written what they had to. */
    private static final class StandsStill implements FreezeWebhook.Application {
        @Override
        public void freeze() {}

        @Override
        public void unfreeze() {}
    }

    private static void fill(BenchClusters clusters) throws InterruptedException, ExecutionException {
        // One after the other: a busy machine does not make all of them within the time of one request.
        for (int topic = 0; topic < TOPICS; topic++) {
            NewTopic many = new NewTopic("many-" + topic, PARTITIONS_PER_TOPIC, (short) 1);
            clusters.sourceAdmin().createTopics(List.of(many)).all().get();
        }
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", clusters.source().bootstrapServers(), "linger.ms", 50),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int record = 0; record < RECORDS_PER_PARTITION; record++) {
                for (TopicPartition partition : partitions()) {
                    sent.add(producer.send(new ProducerRecord<>(
                            partition.topic(), partition.partition(), null, new byte[RECORD_BYTES])));
                }
            }
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        for (int group = 0; group < GROUPS; group++) {
            Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS_PER_TOPIC; partition++) {
                positions.put(
                        new TopicPartition("many-" + group % TOPICS, partition),
                        new OffsetAndMetadata(group % RECORDS_PER_PARTITION));
            }
            clusters.sourceAdmin()
                    .alterConsumerGroupOffsets("group-" + group, positions)
                    .all()
                    .get();
        }
    }

    private static List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int topic = 0; topic < TOPICS; topic++) {
            for (int partition = 0; partition < PARTITIONS_PER_TOPIC; partition++) {
                partitions.add(new TopicPartition("many-" + topic, partition));
            }
        }
        return partitions;
    }

    private Path configure(Path folder, BenchClusters clusters, FreezeWebhook webhook) throws IOException {
        return Files.writeString(
                folder.resolve("migration.yaml"),
                String.format(
                        """
                source: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                target: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                backup: {directory: '%s'}
                evidence: {directory: '%s'}
                seed: {workers: %d, max_concurrent_partitions: 16}
                cutover:
                  drain_stable_window: 2s
                  sentinel: %s
                  producer_freeze_webhook: %s
                  webhook_secret: %s
                """,
                        clusters.source().bootstrapServers(),
                        clusters.target().bootstrapServers(),
                        folder.resolve("backup"),
                        folder.resolve("evidence"),
                        options.workers(),
                        options.sentinel(),
                        webhook.url(),
                        SECRET));
    }

    /** Migrates up to READY_FOR_CLIENT_SWITCH. */
    private static CutoverReport cutOver(LocalMachine machine, Path configuration)
            throws IOException, InterruptedException {
        MigrationId id = new MigrationId("frozen");
        ExecutionArn execution = machine.migrate(LocalMachine.reference(id, configuration), id.value());
        try (MigrationRun run = new MigrationRun(
                id,
                new ConfigReader(Map.of(), SecretSource.NONE)
                        .read(configuration.toString(), Files.readAllBytes(configuration)),
                Surroundings.real())) {
            OpenedGate gate = await(machine, execution, run, Gate.CUTOVER);
            machine.server()
                    .sendTaskSuccess(
                            new TaskToken(gate.token()),
                            Documents.tree(
                                    new GateDecision(Decision.APPROVE, "benchmark", "", gate.plan(), gate.report())));
            OpenedGate unused = await(machine, execution, run, Gate.CLIENT_SWITCH);
            return run.read(run.objects().result("cutover"), CutoverReport.class);
        }
    }

    private static OpenedGate await(LocalMachine machine, ExecutionArn execution, MigrationRun run, Gate gate)
            throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            ExecutionDescription now = machine.server().describe(execution);
            if (now.status() != ExecutionStatus.RUNNING) {
                throw new IllegalStateException(
                        "the migration must run, is " + now.status() + ": " + now.error() + ": " + now.cause());
            }
            OpenedGate open = run.find(run.objects().gate(gate.objectName()), OpenedGate.class)
                    .orElse(null);
            if (open != null) {
                return open;
            }
            Surroundings.real().sleeper().sleep(Duration.ofMillis(50));
        }
        throw new IllegalStateException("the gate " + gate + " must open within " + PATIENCE + ", did not");
    }

    private void print(CutoverReport report) throws IOException {
        out.println("| part | ms |");
        out.println("|---|--:|");
        for (String part : List.of("freeze", "sentinels", "drain", "groups", "floor", "ready")) {
            out.printf(Locale.ROOT, "| %s | %d |%n", part, report.partMillis().getOrDefault(part, 0L));
        }
        out.printf(Locale.ROOT, "| **frozen** | **%d** |%n", report.frozenMillis());
        Map<String, Object> json = new TreeMap<>(Map.of(
                "partitions", report.partitions(),
                "groups", report.groupsTranslated(),
                "offsets_committed", report.offsetsCommitted(),
                "frozen_millis", report.frozenMillis(),
                "part_millis", new TreeMap<>(report.partMillis())));
        out.println(Documents.writeText(json));
        Path file = options.json();
        if (file != null) {
            Files.write(file, Documents.write(json));
        }
    }
}
