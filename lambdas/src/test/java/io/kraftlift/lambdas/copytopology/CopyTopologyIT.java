package io.kraftlift.lambdas.copytopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.precheck.FactsProber;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.topology.TopologyPreview;
import io.kraftlift.core.accessmap.AccessMap;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.Precheck;
import io.kraftlift.core.precheck.PrecheckCode;
import io.kraftlift.core.precheck.PrecheckFacts;
import io.kraftlift.core.scram.ScramAssociations;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyStep;
import io.kraftlift.lambdas.ClusterRuns;
import io.kraftlift.lambdas.plan.PlanMigration;
import io.kraftlift.lambdas.precheck.PrecheckMigration;
import io.kraftlift.statemachine.payloads.PlanResult;
import io.kraftlift.statemachine.payloads.PrecheckResult;
import io.kraftlift.statemachine.payloads.TopologyResult;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plan, precheck, topology and holds between two real clusters with authorizers. */
@RealClusters(
        sourceBrokers = 2,
        sourceProperties = {
            "authorizer.class.name=kafka.security.authorizer.AclAuthorizer",
            "super.users=User:ANONYMOUS",
            "message.max.bytes=1500000"
        },
        targetProperties = {
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS",
            "message.max.bytes=2000000",
            "replica.fetch.max.bytes=2000000"
        })
class CopyTopologyIT {
    private final Clusters clusters;
    private final Admin source;
    private final Admin target;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path directory;

    private @Nullable ClusterRuns runs;

    CopyTopologyIT(Clusters clusters) {
        this.clusters = clusters;
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @BeforeEach
    void openRuns() {
        runs = new ClusterRuns(
                directory,
                clusters.source().bootstrapServers(),
                clusters.target().bootstrapServers());
    }

    @AfterEach
    void closeClients() {
        source.close();
        target.close();
    }

    @Test
    void copiesTopicsWithHoldsAndReleasesThemInTwoSteps() throws Exception {
        create(
                source,
                topic("move.orders", 3, Map.of("retention.ms", "600000", "max.message.bytes", "1800000")),
                topic("move.prices", 1, Map.of("cleanup.policy", "compact", "segment.bytes", "102400")),
                topic("move.clicks", 2, Map.of("message.timestamp.type", "LogAppendTime", "compression.type", "gzip")),
                topic("stay.here", 1, Map.of()));
        send(clusters.source().bootstrapServers(), "move.orders", 7);
        try (MigrationRun run = over("move")) {
            PlanResult planned = new PlanMigration(run).plan();
            PrecheckResult checked = new PrecheckMigration(run).check();
            TopologyResult copied = new CopyTopology(run).copy();

            assertThat(planned.topics()).isEqualTo(3);
            assertThat(planned.partitions()).isEqualTo(6);
            assertThat(planned.estimatedBytes()).isGreaterThan(0);
            assertThat(run.read(run.objects().plan("lanes.json"), LanePlans.class)
                            .lanes())
                    .flatMap(lane -> lane.partitions())
                    .filteredOn(partition -> partition.partition().equals(PartitionId.of("move.orders", 0)))
                    .singleElement()
                    .satisfies(partition ->
                            assertThat(partition.seedUntil().value()).isEqualTo(7));
            assertThat(checked.warnings()).isGreaterThan(0);
            assertThat(copied.topicsCreated()).isEqualTo(3);
            assertThat(own("move.orders"))
                    .containsEntry("retention.ms", "-1")
                    .containsEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE))
                    .containsEntry("max.message.bytes", Integer.toString(1_800_000 + (1 << 20)));
            assertThat(own("move.prices"))
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("segment.bytes", "1048576");
            assertThat(own("move.clicks"))
                    .containsEntry("compression.type", "producer")
                    .containsEntry("message.timestamp.type", "CreateTime");
            assertThat(target.listTopics().names().get()).doesNotContain("stay.here", "kraftlift.validate-only");

            assertThat(HoldRelease.releaseWriteHolds(run).topics()).isEqualTo(3);
            assertThat(own("move.clicks"))
                    .isEqualTo(Map.of(
                            "compression.type", "gzip",
                            "message.timestamp.type", "LogAppendTime",
                            "retention.ms", "-1"));
            assertThat(own("move.orders")).isEqualTo(Map.of("retention.ms", "-1", "max.message.bytes", "1800000"));
            assertThat(HoldRelease.releaseWriteHolds(run).absent()).isEmpty();

            assertThat(HoldRelease.releaseCleanupHolds(run).topics()).isEqualTo(3);
            assertThat(own("move.orders")).isEqualTo(Map.of("retention.ms", "600000", "max.message.bytes", "1800000"));
            assertThat(own("move.prices")).isEqualTo(Map.of("cleanup.policy", "compact", "segment.bytes", "1048576"));
        }
    }

    @Test
    void changesNothingWhenCopiedTwiceAndKeepsThePlan() throws Exception {
        create(source, topic("twice.a", 2, Map.of("retention.ms", "600000")));
        try (MigrationRun run = over("twice")) {
            PlanResult first = new PlanMigration(run).plan();
            new CopyTopology(run).copy();
            TopologyLedger ledger = ledger(run);
            send(clusters.source().bootstrapServers(), "twice.a", 3);
            send(clusters.target().bootstrapServers(), "twice.a", 2);
            target.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, "twice.a"),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("retention.ms", "1000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            await().until(() -> "1000".equals(own("twice.a").get("retention.ms")));

            PlanResult second = new PlanMigration(run).plan();
            new PrecheckMigration(run).check();
            TopologyResult again = new CopyTopology(run).copy();

            assertThat(second).isEqualTo(first);
            assertThat(again.topicsCreated()).isEqualTo(1);
            assertThat(ledger(run)).isEqualTo(ledger);
            assertThat(own("twice.a")).containsEntry("retention.ms", "-1");
        }
    }

    @Test
    void adoptsAnEmptyTopicAsThePolicySays() throws Exception {
        create(source, topic("drift.a", 1, Map.of("retention.ms", "600000")));
        create(target, topic("drift.a", 1, Map.of("retention.ms", "700000", "segment.ms", "900000")));
        try (MigrationRun fail = runs().open("drift-fail", "drift.", ConfigDrift.FAIL, AclDrift.MERGE);
                MigrationRun keep = runs().open("drift-keep", "drift.", ConfigDrift.KEEP_TARGET, AclDrift.MERGE);
                MigrationRun overwrite = over("drift")) {
            new PlanMigration(fail).plan();
            assertThatThrownBy(() -> new CopyTopology(fail).copy())
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageContaining("topic drift.a on the target: retention.ms is 700000, on the source 600000");

            new PlanMigration(keep).plan();
            new CopyTopology(keep).copy();
            assertThat(own("drift.a")).containsEntry("retention.ms", "-1").containsEntry("segment.ms", "900000");
            HoldRelease.releaseWriteHolds(keep);
            HoldRelease.releaseCleanupHolds(keep);
            assertThat(own("drift.a")).isEqualTo(Map.of("retention.ms", "700000", "segment.ms", "900000"));

            new PlanMigration(overwrite).plan();
            new CopyTopology(overwrite).copy();
            HoldRelease.releaseWriteHolds(overwrite);
            HoldRelease.releaseCleanupHolds(overwrite);
            assertThat(own("drift.a")).isEqualTo(Map.of("retention.ms", "600000"));
        }
    }

    @Test
    void copiesAclsOfEveryKindAndQuotasOfEveryEntity() throws Exception {
        create(source, topic("rights.a", 1, Map.of()));
        List<AclBinding> acls = List.of(
                acl(ResourceType.TOPIC, "rights.a", PatternType.LITERAL, AclOperation.READ, AclPermissionType.ALLOW),
                acl(ResourceType.TOPIC, "rights.", PatternType.PREFIXED, AclOperation.WRITE, AclPermissionType.DENY),
                acl(ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE, AclPermissionType.ALLOW),
                acl(ResourceType.GROUP, "rights-g", PatternType.PREFIXED, AclOperation.ALL, AclPermissionType.ALLOW),
                acl(
                        ResourceType.CLUSTER,
                        "kafka-cluster",
                        PatternType.LITERAL,
                        AclOperation.IDEMPOTENT_WRITE,
                        AclPermissionType.ALLOW),
                acl(
                        ResourceType.TRANSACTIONAL_ID,
                        "rights-t",
                        PatternType.LITERAL,
                        AclOperation.WRITE,
                        AclPermissionType.DENY),
                acl(
                        ResourceType.DELEGATION_TOKEN,
                        "rights-d",
                        PatternType.LITERAL,
                        AclOperation.DESCRIBE,
                        AclPermissionType.ALLOW),
                acl(
                        ResourceType.USER,
                        "rights-u",
                        PatternType.LITERAL,
                        AclOperation.CREATE_TOKENS,
                        AclPermissionType.DENY),
                new AclBinding(
                        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "rights-", PatternType.PREFIXED),
                        new AccessControlEntry(
                                "User:CN=app,O=Rights", "10.0.0.7", AclOperation.DESCRIBE, AclPermissionType.DENY)),
                new AclBinding(
                        new ResourcePattern(ResourceType.GROUP, "*", PatternType.LITERAL),
                        new AccessControlEntry("User:*", "*", AclOperation.READ, AclPermissionType.ALLOW)));
        source.createAcls(acls).all().get();
        AclBinding onlyThere =
                acl(ResourceType.TOPIC, "rights.old", PatternType.LITERAL, AclOperation.READ, AclPermissionType.ALLOW);
        target.createAcls(List.of(onlyThere)).all().get();
        await().until(() ->
                target.describeAcls(AclBindingFilter.ANY).values().get().contains(onlyThere));
        Map<ClientQuotaEntity, Double> quotas = Map.of(
                entity("user", "ann"), 1000.0,
                entity("client-id", "app"), 2000.0,
                entity("user", "ann", "client-id", "app"), 3000.0,
                entity("user", null), 4000.0,
                entity("client-id", null), 5000.0,
                entity("user", "ann", "client-id", null), 6000.0,
                entity("user", null, "client-id", "app"), 7000.0,
                entity("user", null, "client-id", null), 8000.0);
        Map<ClientQuotaEntity, Double> addresses = Map.of(entity("ip", "10.0.0.7"), 70.0, entity("ip", null), 90.0);
        source.alterClientQuotas(quotas.entrySet().stream()
                        .map(quota -> new ClientQuotaAlteration(
                                quota.getKey(),
                                List.of(new ClientQuotaAlteration.Op("producer_byte_rate", quota.getValue()))))
                        .toList())
                .all()
                .get();
        source.alterClientQuotas(addresses.entrySet().stream()
                        .map(quota -> new ClientQuotaAlteration(
                                quota.getKey(),
                                List.of(new ClientQuotaAlteration.Op("connection_creation_rate", quota.getValue()))))
                        .toList())
                .all()
                .get();
        try (MigrationRun report = runs().open("rights-report", "rights.", ConfigDrift.KEEP_TARGET, AclDrift.REPORT);
                MigrationRun merge = over("rights");
                MigrationRun overwrite =
                        runs().open("rights-over", "rights.", ConfigDrift.KEEP_TARGET, AclDrift.OVERWRITE)) {
            new PlanMigration(report).plan();
            assertThat(new CopyTopology(report).copy().aclsCreated()).isZero();
            assertThat(target.describeAcls(AclBindingFilter.ANY).values().get()).containsExactly(onlyThere);
            assertThat(ledger(report).aclsOnlyOnSource()).hasSameSizeAs(acls);
            assertThat(ledger(report).quotasSet()).hasSize(quotas.size() + addresses.size());

            new PlanMigration(merge).plan();
            TopologyResult copied = new CopyTopology(merge).copy();

            assertThat(copied.aclsCreated()).isEqualTo(acls.size());
            assertThat(copied.quotasSet()).isZero();
            await().untilAsserted(() -> assertThat(
                            target.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsAll(acls)
                    .contains(onlyThere));
            await().untilAsserted(() -> assertThat(producerRates(target)).containsAllEntriesOf(quotas));
            await().untilAsserted(() ->
                    assertThat(limits(target, "connection_creation_rate")).containsAllEntriesOf(addresses));
            assertThat(ledger(merge).aclsOnlyOnTarget())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.name()).isEqualTo("rights.old"));

            new PlanMigration(overwrite).plan();
            new CopyTopology(overwrite).copy();
            await().untilAsserted(() -> assertThat(
                            target.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(
                            source.describeAcls(AclBindingFilter.ANY).values().get()));
        }
    }

    @Test
    void listsTheScramUsersOfAPlainSourceAndReadsNoPassword() throws Exception {
        create(source, topic("users.a", 1, Map.of()));
        source.alterUserScramCredentials(List.of(
                        new UserScramCredentialUpsertion(
                                "users-ann", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), "secret-7"),
                        new UserScramCredentialUpsertion(
                                "users-bob", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "secret-8")))
                .all()
                .get();
        target.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        "users-bob", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "secret-9")))
                .all()
                .get();
        await().until(() -> target.describeUserScramCredentials().users().get().contains("users-bob"));
        try (MigrationRun run = over("users")) {
            new PlanMigration(run).plan();

            ScramAssociations scram = run.read(run.objects().plan("scram-associations.json"), ScramAssociations.class);
            assertThat(scram.toMake()).singleElement().satisfies(user -> {
                assertThat(user.name()).isEqualTo("users-ann");
                assertThat(user.how()).startsWith("add its credentials for SCRAM-SHA-512 on the target");
            });
            assertThat(scram.associate()).isEmpty();
            assertThat(scram.remarks()).isEmpty();
            assertThat(run.find(run.objects().plan("access-map.json"), AccessMap.class))
                    .isEmpty();
        }
    }

    @Test
    void showsTheStepsWithoutTakingThem() throws Exception {
        create(source, topic("dry.a", 2, Map.of("retention.ms", "600000")), topic("dry.b", 1, Map.of()));
        try (MigrationRun run = over("dry")) {
            TopologyPreview before = TopologyPreview.of(run);

            assertThat(before.plan().steps())
                    .filteredOn(step -> step instanceof TopologyStep.CreateTopic)
                    .extracting(Object::toString)
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("create topic dry.a with 2 partitions x 1 and {");
            assertThat(target.listTopics().names().get()).doesNotContain("dry.a", "dry.b");
            assertThat(run.backup().list(run.objects().results())).isEmpty();

            new PlanMigration(run).plan();
            new CopyTopology(run).copy();
            await().untilAsserted(() ->
                    assertThat(TopologyPreview.of(run).plan().steps()).isEmpty());
        }
    }

    @Test
    void refusesWhatStandsInTheWayBeforeAnythingIsMade() throws Exception {
        create(
                source,
                new NewTopic("block.twice", 1, (short) 2),
                topic("block.full", 1, Map.of()),
                topic("block.wider", 2, Map.of()),
                topic("block.huge", 1, Map.of("max.message.bytes", "3000000")));
        create(target, topic("block.full", 1, Map.of()), topic("block.wider", 3, Map.of()));
        send(clusters.target().bootstrapServers(), "block.full", 1);
        try (MigrationRun run = over("block")) {
            new PlanMigration(run).plan();

            assertThatThrownBy(() -> new PrecheckMigration(run).check())
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageStartingWith("PRECHECK_BLOCKED: ")
                    .hasMessageContaining("B13 block.full: has, or has had, records on the target")
                    .hasMessageContaining("B13 block.wider: has 3 partitions on the target, 2 on the source")
                    .hasMessageContaining("B14 block.twice: 1 topics have a replication factor of up to 2")
                    .hasMessageContaining("B11 target broker 1: message.max.bytes is 2000000, topic block.huge")
                    .hasMessageEndingWith("Remedy these, then redrive.");
            assertThatThrownBy(() -> new CopyTopology(run).copy())
                    .hasMessageStartingWith("TOPOLOGY_CONFLICT: ")
                    .hasMessageContaining("block.full")
                    .hasMessageContaining("block.wider");
            assertThat(target.listTopics().names().get()).doesNotContain("block.huge");
            assertThat(run.find(run.objects().result("topology"), TopologyLedger.class))
                    .isEmpty();
        }
    }

    @Test
    void tellsClustersThatAreTheWrongWayRound() throws Exception {
        create(target, topic("turn.a", 1, Map.of()));
        ClusterRuns turned = new ClusterRuns(
                directory,
                clusters.target().bootstrapServers(),
                clusters.source().bootstrapServers());
        try (MigrationRun run = turned.over("turn", "turn.")) {
            assertThatThrownBy(() -> new PrecheckMigration(run).check())
                    .hasMessageContaining("B03 source: finalized metadata.version")
                    .hasMessageContaining("metadata quorum present")
                    .hasMessageContaining("B04 target: finalized metadata.version none, metadata quorum none");
        }
    }

    @Test
    void saysThatNobodyAnswersWhereNobodyListens() throws Exception {
        ClusterRuns lost = new ClusterRuns(directory, "no-such-host.invalid:9092", "no-such-host.invalid:9092");
        try (MigrationRun run = lost.over("lost", "lost.")) {
            assertThatThrownBy(() -> new PrecheckMigration(run).check())
                    .hasMessageContaining("B09 source: CONFIGURATION_WRONG: source: no connection can be set up")
                    .hasMessageContaining("B10 target: CONFIGURATION_WRONG: target: no connection can be set up");
        }
    }

    @Test
    void seesAnOpenTransactionAndDoesNotCallItHangingBeforeItsTimeout() throws Exception {
        create(source, topic("open.a", 1, Map.of()));
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                clusters.source().bootstrapServers(),
                "transactional.id",
                "open-tx",
                "transaction.timeout.ms",
                "50000");
        try (Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
                MigrationRun run = over("open")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open.a", 0, null, new byte[] {1}))
                    .get();

            PrecheckFacts facts = new FactsProber(run).gather();
            producer.abortTransaction();

            assertThat(facts.openTransactions().or(List.of())).singleElement().satisfies(open -> {
                assertThat(open.partition()).isEqualTo(PartitionId.of("open.a", 0));
                assertThat(open.transactionalId()).isEqualTo("open-tx");
                assertThat(open.timeout()).isEqualTo(Duration.ofSeconds(50));
            });
            assertThat(Precheck.findings(facts)).extracting(Finding::code).doesNotContain(PrecheckCode.B18);
            assertThat(facts.transactionalIds().or(List.of())).contains("open-tx");
        }
    }

    @Test
    void plansTheSameBytesTwice() throws Exception {
        create(source, topic("same.a", 4, Map.of()), topic("same.b", 1, Map.of()));
        try (MigrationRun run = over("same")) {
            PlanResult first = new PlanMigration(run).plan();
            PlanResult second = new PlanMigration(run).plan();

            assertThat(second.plan().sha256()).isEqualTo(first.plan().sha256());
            assertThat(run.read(run.objects().plan("plan.json"), MigrationPlan.class)
                            .topics())
                    .extracting(topic -> topic.design().name())
                    .containsExactly(new TopicName("same.a"), new TopicName("same.b"));
        }
    }

    private MigrationRun over(String prefix) {
        return runs().over(prefix, prefix + ".");
    }

    private ClusterRuns runs() {
        ClusterRuns open = runs;
        if (open == null) {
            throw new IllegalStateException("runs are opened before each test");
        }
        return open;
    }

    private static TopologyLedger ledger(MigrationRun run) {
        return run.read(run.objects().result("topology"), TopologyLedger.class);
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configs) {
        return new NewTopic(name, partitions, (short) 1).configs(configs);
    }

    private static void create(Admin admin, NewTopic... topics) throws Exception {
        admin.createTopics(List.of(topics)).all().get();
        Set<TopicPartition> partitions = List.of(topics).stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(index -> new TopicPartition(topic.name(), index)))
                .collect(Collectors.toSet());
        List<String> names = List.of(topics).stream().map(NewTopic::name).toList();
        // Any broker may be the one that is asked next, so all of them have to show it. And one broker may show a topic
        // before another has its log, whose size a plan then does not know.
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(25))
                .during(Duration.ofMillis(300))
                .until(() -> admin.listTopics().names().get().containsAll(names)
                        && logs(admin).containsAll(partitions));
    }

    /** Every partition that some broker has a log of. */
    private static Set<TopicPartition> logs(Admin admin) throws Exception {
        List<Integer> brokers =
                admin.describeCluster().nodes().get().stream().map(Node::id).toList();
        return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().keySet().stream())
                .collect(Collectors.toSet());
    }

    private static void send(String servers, String topic, int records) throws Exception {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int record = 0; record < records; record++) {
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {(byte) record}))
                        .get();
            }
        }
    }

    /** A topic's own settings on the target. */
    private Map<String, String> own(String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Collection<ConfigEntry> entries = target.describeConfigs(List.of(resource)).all().get().values().stream()
                .flatMap(config -> config.entries().stream())
                .toList();
        return new TreeMap<>(entries.stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }

    private static AclBinding acl(
            ResourceType type, String name, PatternType pattern, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:ann", "*", operation, permission));
    }

    private static ClientQuotaEntity entity(String kind, @Nullable String name) {
        Map<String, @Nullable String> entries = new HashMap<>();
        entries.put(kind, name);
        return new ClientQuotaEntity(entries);
    }

    private static ClientQuotaEntity entity(
            String kind, @Nullable String name, String otherKind, @Nullable String otherName) {
        Map<String, @Nullable String> entries = new HashMap<>();
        entries.put(kind, name);
        entries.put(otherKind, otherName);
        return new ClientQuotaEntity(entries);
    }

    private static Map<ClientQuotaEntity, Double> producerRates(Admin admin) throws Exception {
        return limits(admin, "producer_byte_rate");
    }

    private static Map<ClientQuotaEntity, Double> limits(Admin admin, String limit) throws Exception {
        Map<ClientQuotaEntity, Double> rates = new HashMap<>();
        admin.describeClientQuotas(ClientQuotaFilter.all()).entities().get().forEach((entity, limits) -> {
            Double rate = limits.get(limit);
            if (rate != null) {
                rates.put(entity, rate);
            }
        });
        return rates;
    }
}
