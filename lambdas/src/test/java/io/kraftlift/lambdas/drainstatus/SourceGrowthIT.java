package io.kraftlift.lambdas.drainstatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.cutover.SourceGrowth;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.plan.GrowthReport;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.lambdas.ClusterRuns;
import io.kraftlift.lambdas.copytopology.CopyTopology;
import io.kraftlift.lambdas.plan.PlanMigration;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes to the source during the tail, taken into ledger, target and plan. */
@RealClusters
class SourceGrowthIT {
    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path directory;

    SourceGrowthIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    @Test
    void takesInCreatedTopicsAndAddedPartitionsButNotWhatStandsInTheWay() throws Exception {
        create(source, "wax.a", 1);
        try (MigrationRun run = begun("wax")) {
            create(source, "wax.b", 2);
            create(source, "else.b", 1);
            source.createPartitions(Map.of("wax.a", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            awaitPartitions("wax.a", 3);
            create(source, "wax.foreign", 1);
            create(target, "wax.foreign", 1);
            send(clusters.target().bootstrapServers(), "wax.foreign");
            send(clusters.source().bootstrapServers(), "wax.b");

            SourceGrowth.Look look = new SourceGrowth(run).look();

            assertThat(look.added())
                    .containsExactly(
                            PartitionId.of("wax.a", 1),
                            PartitionId.of("wax.a", 2),
                            PartitionId.of("wax.b", 0),
                            PartitionId.of("wax.b", 1));
            assertThat(look.conflicts())
                    .singleElement()
                    .asString()
                    .contains("topic wax.foreign is on the target and has had records");
            assertThat(partitions(target, "wax.a")).isEqualTo(3);
            assertThat(partitions(target, "wax.b")).isEqualTo(2);
            assertThat(own("wax.b")).containsEntry("retention.ms", "-1");
            assertThat(run.read(run.objects().result("topology"), TopologyLedger.class)
                            .created())
                    .containsExactly(new TopicName("wax.a"), new TopicName("wax.b"));
            assertThat(planned(run))
                    .filteredOn(partition -> partition.partition().equals(PartitionId.of("wax.b", 0)))
                    .singleElement()
                    .satisfies(partition -> {
                        assertThat(partition.seedFrom().value()).isEqualTo(0);
                        assertThat(partition.seedUntil().value()).isEqualTo(1);
                        assertThat(partition.topicId()).isNotNull();
                    });
            assertThat(run.read(run.objects().result("growth"), GrowthReport.class)
                            .pending())
                    .containsExactly(PartitionId.of("wax.foreign", 0));
            assertThat(new SourceGrowth(run).look())
                    .as("a second look")
                    .isEqualTo(new SourceGrowth.Look(List.of(), look.conflicts()));
        }
    }

    @Test
    void goesOnWhereACrashLeftIt() throws Exception {
        create(source, "wick.a", 1);
        try (MigrationRun run = begun("wick")) {
            create(source, "wick.b", 1);
            new SourceGrowth(run).look();
            List<LanePartition> planned = planned(run);

            Path extension = directory
                    .resolve("backup")
                    .resolve(run.objects().extension(0).value());
            Files.delete(extension);
            new SourceGrowth(run).look();
            assertThat(planned(run))
                    .as("after the target, before the extension")
                    .isEqualTo(planned);

            Files.delete(extension);
            target.deleteTopics(List.of("wick.b")).all().get();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !target.listTopics().names().get().contains("wick.b"));
            new SourceGrowth(run).look();
            assertThat(planned(run)).as("after the ledger, before the target").isEqualTo(planned);
            assertThat(partitions(target, "wick.b")).isEqualTo(1);
        }
    }

    @Test
    void twoAtOnceGiveEveryPartitionToOneLane() throws Exception {
        create(source, "wane.a", 1);
        try (MigrationRun run = begun("wane")) {
            for (int topic = 0; topic < 4; topic++) {
                create(source, "wane.late" + topic, 3);
            }
            CyclicBarrier together = new CyclicBarrier(2);
            List<CompletableFuture<Void>> looks = List.of(look(together), look(together));
            looks.forEach(CompletableFuture::join);
            new SourceGrowth(run).look();

            List<PartitionId> planned =
                    planned(run).stream().map(LanePartition::partition).toList();
            assertThat(planned).doesNotHaveDuplicates().hasSize(13);
            assertThat(new StoredLanes(run.backup(), run.objects()).read().extensions())
                    .isBetween(1L, 2L);
        }
    }

    @Test
    void takesInNothingOfATopicThatWasMadeAnewAndRefusesToGoOn() throws Exception {
        create(source, "wilt.a", 1);
        create(source, "wilt.b", 1);
        try (MigrationRun run = begun("wilt")) {
            source.deleteTopics(List.of("wilt.b")).all().get();
            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                create(source, "wilt.b", 2);
                return true;
            });

            assertThat(new SourceGrowth(run).look().added()).isEmpty();

            assertThat(partitions(target, "wilt.b")).isEqualTo(1);
            Coverage now = Coverage.of(
                    planned(run),
                    List.of(),
                    new SelectedTopics(run.source(), run.config().topics()).read(List.of(), Duration.ofSeconds(20)));
            assertThatThrownBy(now::require)
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("TOPIC_REMADE")
                    .hasMessageContaining("wilt.b");
        }
    }

    private CompletableFuture<Void> look(CyclicBarrier together) {
        return CompletableFuture.runAsync(() -> {
            try (MigrationRun run = open("wane")) {
                together.await();
                new SourceGrowth(run).look();
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    private MigrationRun begun(String name) throws Exception {
        MigrationRun run = open(name);
        new PlanMigration(run).plan();
        new CopyTopology(run).copy();
        return run;
    }

    private MigrationRun open(String name) {
        return new ClusterRuns(
                        directory,
                        clusters.source().bootstrapServers(),
                        clusters.target().bootstrapServers())
                .over(name, name + ".");
    }

    private static List<LanePartition> planned(MigrationRun run) {
        return new StoredLanes(run.backup(), run.objects())
                .read().plans().lanes().stream()
                        .flatMap(lane -> lane.partitions().stream())
                        .sorted(Comparator.comparing(LanePartition::partition))
                        .toList();
    }

    private static void create(Admin cluster, String topic, int partitions) throws Exception {
        cluster.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                .all()
                .get();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> partitions(cluster, topic) == partitions);
    }

    private void awaitPartitions(String topic, int partitions) {
        await().atMost(Duration.ofSeconds(20)).until(() -> partitions(source, topic) == partitions);
    }

    private static int partitions(Admin cluster, String topic) throws Exception {
        return Objects.requireNonNull(cluster.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
    }

    private Map<String, String> own(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> own = new TreeMap<>();
        Objects.requireNonNull(
                        target.describeConfigs(List.of(resource)).all().get().get(resource))
                .entries()
                .forEach(entry -> {
                    if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                        own.put(entry.name(), entry.value());
                    }
                });
        return own;
    }

    private static void send(String servers, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1})).get();
        }
    }
}
