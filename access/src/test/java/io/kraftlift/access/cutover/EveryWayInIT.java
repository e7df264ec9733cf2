package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kraftlift.access.groups.ParallelReads;
import io.kraftlift.access.groups.SourceGroups;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.groups.CommittedPosition;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.signin.AwsIdentity;
import io.kraftlift.testkit.signin.SignIn;
import io.kraftlift.testkit.signin.SignIns;
import io.kraftlift.testkit.signin.WrongWayIn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the functions do to clusters, by every way to sign in to them. */
@RealClusters(signIns = true)
class EveryWayInIT {
    private final Clusters clusters;
    private final SignIns signIns;

    EveryWayInIT(Clusters clusters) {
        this.clusters = clusters;
        this.signIns = clusters.signIns();
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void readsTheClustersAndGroupsAndWritesSentinels(SignIn how) throws Exception {
        String topic = "way-in-" + how;
        prepare(topic);
        AwsIdentity identity = signIns.awsUser().assume();
        try (MigrationRun run = over(signIns.to(clusters.source(), how), signIns.to(clusters.target(), how))) {
            ClusterInventory source = read(run, run.source(), ClusterSide.SOURCE);
            ClusterInventory target = read(run, run.target(), ClusterSide.TARGET);
            Map<GroupId, Map<PartitionId, CommittedPosition>> positions = new SourceGroups(run.source())
                    .snapshot(CutoverStage.PATIENCE)
                    .positions();

            assertThat(source.topics())
                    .extracting(TopicInventory::name)
                    .extracting(Object::toString)
                    .contains(topic);
            assertThat(target.brokers()).hasSize(1);
            assertThat(positions.get(new GroupId("group-" + topic)))
                    .containsEntry(PartitionId.of(topic, 0), new CommittedPosition(SourceOffset.of(3), "note"));
            List<PartitionId> partitions = List.of(PartitionId.of(topic, 0));
            try (SentinelPublisher records =
                            new RecordSentinels(run.config().source(), run.migration(), CutoverStage.PATIENCE);
                    SentinelPublisher markers = new MarkerSentinels(run, CutoverStage.PATIENCE);
                    ParallelReads threads = new ParallelReads()) {
                assertThat(records.publish(threads, partitions).sentinels())
                        .containsEntry(PartitionId.of(topic, 0), SourceOffset.of(0));
                assertThat(markers.publish(threads, partitions).sentinels())
                        .containsEntry(PartitionId.of(topic, 0), SourceOffset.of(1));
            }
        } finally {
            identity.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 20, unit = TimeUnit.SECONDS) // a client is patient with a broker that is not there for a minute
    void namesWhyAClusterDoesNotLetItIn(WrongWayIn wrong) {
        AwsIdentity identity = wrong.assume(signIns);
        ClusterSettings source = wrong.to(clusters.source(), signIns);
        ClusterSettings target = wrong.to(clusters.target(), signIns);
        try (MigrationRun run = over(source, target)) {
            KraftliftFailure onSource = catchThrowableOfType(KraftliftFailure.class, run::source);
            KraftliftFailure onTarget = catchThrowableOfType(KraftliftFailure.class, run::target);

            assertNamed(onSource, wrong, "source.auth.mode", source);
            assertNamed(onTarget, wrong, "target.auth.mode", target);
        } finally {
            identity.close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_PASSWORD", "UNKNOWN_CLIENT_CERTIFICATE", "WRONG_AWS_SECRET"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void namesWhyTheSentinelsCannotBeWritten(WrongWayIn wrong) throws Exception {
        AwsIdentity identity = wrong.assume(signIns);
        try (SentinelPublisher publisher = new RecordSentinels(
                        wrong.to(clusters.source(), signIns), new MigrationId("m1"), Duration.ofMinutes(1));
                ParallelReads threads = new ParallelReads()) {
            KraftliftFailure refused = catchThrowableOfType(
                    KraftliftFailure.class, () -> publisher.warm(threads, List.of(PartitionId.of("any", 0))));

            assertThat(refused).isNotNull();
            assertThat(refused.failureName()).as(refused.getMessage()).isEqualTo(wrong.failure());
            assertThat(refused).hasMessageContaining("source: ").hasMessageEndingWith("auth settings");
        } finally {
            identity.close();
        }
    }

    private static void assertNamed(
            KraftliftFailure refused, WrongWayIn wrong, String setting, ClusterSettings cluster) {
        assertThat(refused).isNotNull();
        assertThat(refused.failureName()).as(refused.getMessage()).isEqualTo(wrong.failure());
        assertThat(refused)
                .hasMessageContaining(setting)
                .hasMessageContaining(cluster.auth().mode());
    }

    private static ClusterInventory read(MigrationRun run, Admin admin, ClusterSide side) throws InterruptedException {
        return new InventoryReader(admin, side, run.surroundings().sleeper()::sleep).read();
    }

    private void prepare(String topic) throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            admin.alterConsumerGroupOffsets(
                            "group-" + topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(3, "note")))
                    .all()
                    .get();
        }
    }

    private MigrationRun over(ClusterSettings source, ClusterSettings target) {
        return Runs.open(
                directory,
                source,
                target,
                Runs.cutover(URI.create("http://127.0.0.1:1/"), Duration.ofMinutes(1)),
                Surroundings.real(),
                new TopicSelection(List.of(), List.of()));
    }
}
