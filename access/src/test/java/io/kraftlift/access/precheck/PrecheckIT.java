package io.kraftlift.access.precheck;

import static io.kraftlift.access.precheck.SecuredClusters.MOVER;
import static io.kraftlift.access.precheck.SecuredClusters.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.kafka.ClientProperties;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.wire.EmptyTransactions;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ByteSize;
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
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.precheck.Finding;
import io.kraftlift.core.precheck.MissingRight;
import io.kraftlift.core.precheck.NeededRight;
import io.kraftlift.core.precheck.Precheck;
import io.kraftlift.core.precheck.PrecheckCode;
import io.kraftlift.core.precheck.PrecheckFacts;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What a precheck finds on real brokers. Its clusters are all tests'; the last test stops a broker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PrecheckIT {
    private static final int BEFORE_LAST = 1;
    private static final int LAST = 2;

    private static final int RECORD_BYTES = 100_000;
    private static final String MARKERS_ID = "kraftlift-rights-sentinel";

    /** A copy that takes long beside what is tested, with few bytes. */
    private static final SeedSettings SLOW = new SeedSettings(4, ByteSize.mebibytes(32), 2, new ByteSize(64 << 10));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private static Path brokers;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static SecuredClusters clusters;

    private final List<MigrationRun> runs = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it in
    private Path directory;

    @BeforeAll
    static void startClusters() throws Exception {
        clusters = SecuredClusters.start(brokers);
    }

    @AfterEach
    void closeRuns() {
        runs.forEach(MigrationRun::close);
    }

    @AfterAll
    static void stopClusters() {
        clusters.close();
    }

    @Test
    @Order(BEFORE_LAST)
    void findsWhatTopicsGroupsAndBrokersShow() throws Exception {
        Admin source = clusters.sourceAdmin();
        create(
                source,
                topic("all.plain", 1),
                topic("all.wider", 1),
                topic("all.full", 1),
                new NewTopic("all.twofold", 1, (short) 2),
                topic("all.compacted", 1).configs(Map.of("cleanup.policy", "compact")),
                topic("all.stamped", 1).configs(Map.of("message.timestamp.type", "LogAppendTime")),
                topic("all.unclean", 1).configs(Map.of("unclean.leader.election.enable", "true")),
                topic("all.old", 2).configs(Map.of("message.format.version", "0.10.2")),
                topic("all.race", 1).configs(Map.of("retention.ms", "3600000")),
                topic("all.app-store-changelog", 1),
                topic("all.app-by-key-repartition", 1),
                topic("all.cdc-configs", 1),
                topic("all.cdc-offsets", 1),
                topic("all.cdc-status", 1),
                topic("elsewhere", 1));
        create(clusters.targetAdmin(), topic("all.wider", 3), topic("all.full", 1));
        send(clusters.target().bootstrapServers(), "all.full", Instant.now(), 10);
        send(clusters.source().bootstrapServers(), "all.old", Instant.now(), 10);
        // 4 MiB take 64 s at the least; all of them are a minute from expiring.
        send(clusters.source().bootstrapServers(), "all.race", Instant.now().minus(Duration.ofMinutes(59)), 4 << 20);
        commit(source, "all.app", "all.app-by-key-repartition");
        commit(source, "all-idle", "elsewhere");
        String producer = "all-payments";
        transact(clusters.source().bootstrapServers(), producer, "all.plain");

        List<Finding> findings = findings(over("all."));

        assertThat(codes(findings))
                .containsExactly(
                        PrecheckCode.B11,
                        PrecheckCode.B12,
                        PrecheckCode.B13,
                        PrecheckCode.B14,
                        PrecheckCode.W01,
                        PrecheckCode.W05,
                        PrecheckCode.W06,
                        PrecheckCode.W08,
                        PrecheckCode.W09,
                        PrecheckCode.W10,
                        PrecheckCode.W11,
                        PrecheckCode.W13,
                        PrecheckCode.I03);
        assertThat(of(PrecheckCode.B11, findings)).containsExactly("target broker 1");
        assertThat(of(PrecheckCode.B12, findings)).containsExactly("target broker 1");
        assertThat(of(PrecheckCode.B13, findings)).containsExactly("all.full", "all.wider");
        assertThat(of(PrecheckCode.B14, findings)).containsExactly("all.twofold");
        assertThat(of(PrecheckCode.W01, findings)).containsExactly("target");
        assertThat(of(PrecheckCode.W05, findings)).containsExactly("all.compacted");
        assertThat(of(PrecheckCode.W06, findings)).containsExactly("all.race/0");
        assertThat(of(PrecheckCode.W08, findings)).singleElement().asString().contains("all-idle");
        assertThat(of(PrecheckCode.W09, findings))
                .containsExactly(
                        "Kafka Connect all.cdc-*",
                        "Kafka Streams application all.app",
                        "transactional producers " + producer);
        assertThat(of(PrecheckCode.W10, findings)).containsExactly("all.stamped");
        assertThat(of(PrecheckCode.W11, findings)).contains("all.old/0");
        assertThat(of(PrecheckCode.W13, findings)).containsExactly("all.unclean", "target");
    }

    @Test
    @Order(BEFORE_LAST)
    void findsNothingButInformationWhereEverythingIsInOrder() throws Exception {
        create(clusters.sourceAdmin(), topic("fine.a", 1).configs(Map.of("max.message.bytes", "800000")));
        send(clusters.source().bootstrapServers(), "fine.a", Instant.now(), 10);

        PrecheckFacts facts = facts(over("fine."));

        assertThat(Precheck.findings(facts))
                .allSatisfy(finding -> assertThat(finding.code())
                        .isIn(
                                // The target has one broker and unclean elections; other tests have groups and
                                // producers.
                                PrecheckCode.W01,
                                PrecheckCode.W08,
                                PrecheckCode.W09,
                                PrecheckCode.W13,
                                PrecheckCode.I03));
        assertThat(facts.logs().targetDisks().or(List.of())).singleElement().satisfies(disk -> {
            assertThat(disk.broker()).isEqualTo(1);
            assertThat(disk.usableBytes()).isPositive().isLessThanOrEqualTo(disk.totalBytes());
        });
        assertThat(facts.rights().source().or(List.of(new MissingRight(NeededRight.SOURCE_TOPIC_READ, "?"))))
                .isEmpty();
        assertThat(facts.rights().target().or(List.of(new MissingRight(NeededRight.TARGET_TOPIC_READ, "?"))))
                .isEmpty();
        assertThat(clusters.targetAdmin().listTopics().names().get())
                .doesNotContain("fine.a", AllowedOperations.UNBORN);
        assertThat(clusters.sourceAdmin().listTopics().names().get()).doesNotContain(AllowedOperations.UNBORN);
    }

    @Test
    @Order(BEFORE_LAST)
    void tellsClustersThatAreTheWrongWayRoundAndTheSameClusterTwice() throws Exception {
        create(clusters.targetAdmin(), topic("turn.a", 1));
        ClusterSettings here = open(clusters.source());
        ClusterSettings there = open(clusters.target());

        List<Finding> turned = findings(run(there, here, "turn.", duration -> {}));
        List<Finding> twice = findings(run(here, here, "turn.", duration -> {}));

        assertThat(of(PrecheckCode.B03, turned)).containsExactly("source");
        assertThat(of(PrecheckCode.B04, turned)).containsExactly("target");
        assertThat(of(PrecheckCode.B05, turned)).isEmpty();
        assertThat(of(PrecheckCode.B04, twice)).containsExactly("target");
        assertThat(of(PrecheckCode.B05, twice)).containsExactly("source and target");
    }

    @Test
    @Order(BEFORE_LAST)
    void tellsStoresThatAreNotWritableAndClustersThatRefuse() throws Exception {
        MigrationRun run = run(
                clusters.byScram(clusters.source(), "another password"),
                clusters.byScram(clusters.target(), "another password"),
                "refused.",
                duration -> {});
        for (String store : List.of("backup", "evidence")) {
            Files.delete(directory.resolve(store));
            Files.writeString(directory.resolve(store), "a file");
        }

        List<Finding> findings = findings(run);

        assertThat(codes(findings))
                .containsExactly(PrecheckCode.B07, PrecheckCode.B08, PrecheckCode.B09, PrecheckCode.B10);
        assertThat(findings.get(2).seen()).contains("cannot sign in with");
        assertThat(findings.get(3).seen()).contains("cannot sign in with");
    }

    @Test
    @Order(BEFORE_LAST)
    void findsATransactionThatNoCoordinatorEndsUntilItIsAborted() throws Exception {
        create(clusters.sourceAdmin(), topic("hang.a", 1));
        long producerId = 424_242;
        leaveHanging("hang.a", producerId, Instant.now().minus(Duration.ofMinutes(20)));

        assertThat(of(PrecheckCode.B18, findings(over("hang.")))).containsExactly("hang.a/0");

        clusters.sourceAdmin()
                .abortTransaction(new AbortTransactionSpec(new TopicPartition("hang.a", 0), producerId, (short) 0, 0))
                .all()
                .get();
        assertThat(of(PrecheckCode.B18, findings(over("hang.")))).isEmpty();
    }

    @Test
    @Order(BEFORE_LAST)
    void seesALogWhoseBeginningGoesWhileItLooks() throws Exception {
        create(clusters.sourceAdmin(), topic("moving.a", 1).configs(Map.of("retention.ms", "-1")));
        for (int record = 0; record < 4; record++) {
            send(clusters.source().bootstrapServers(), "moving.a", Instant.now(), 100_000);
        }
        TopicPartition partition = new TopicPartition("moving.a", 0);
        MigrationRun run = run(open(clusters.source()), open(clusters.target()), "moving.", duration -> {
            if (duration.compareTo(Duration.ofSeconds(1)) > 0) {
                unchecked(() -> clusters.sourceAdmin()
                        .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                        .all()
                        .get());
            }
        });

        assertThat(findings(run))
                .filteredOn(finding -> finding.code() == PrecheckCode.W06)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("moving.a/0");
                    assertThat(finding.seen()).contains("the log's start moved from 0 to 2");
                });
    }

    @Test
    @Order(BEFORE_LAST)
    void namesEachRightThatIsMissingOnTheSource() throws Exception {
        create(clusters.sourceAdmin(), topic("rights.a", 1));
        commit(clusters.sourceAdmin(), "rights-g", "rights.a");
        Grants grants = new Grants(clusters.sourceAdmin())
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE_CONFIGS)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE)
                .with(ResourceType.TOPIC, "rights.", AclOperation.DESCRIBE)
                .with(ResourceType.TOPIC, "rights.", AclOperation.DESCRIBE_CONFIGS)
                .with(ResourceType.TOPIC, "rights.", AclOperation.READ)
                .with(ResourceType.TOPIC, "rights.", AclOperation.WRITE)
                .with(ResourceType.GROUP, "", AclOperation.DESCRIBE)
                .with(ResourceType.TRANSACTIONAL_ID, "", AclOperation.DESCRIBE)
                .with(ResourceType.TRANSACTIONAL_ID, MARKERS_ID, AclOperation.WRITE);
        Admin here = Admin.create(ClientProperties.of(clusters.byScram(clusters.source()), "source"));
        Callable<Set<NeededRight>> missing =
                () -> missing(reader(here, "rights.*").onSource(clusters.byScram(clusters.source())));
        grants.all();
        await().untilAsserted(() -> assertThat(missing.call()).isEmpty());

        grants.without(AclOperation.DESCRIBE, ResourceType.CLUSTER);
        expect(missing, NeededRight.SOURCE_CLUSTER_DESCRIBE);
        grants.without(AclOperation.DESCRIBE_CONFIGS, ResourceType.CLUSTER);
        expect(missing, NeededRight.SOURCE_CLUSTER_DESCRIBE_CONFIGS);
        grants.without(AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC);
        expect(missing, NeededRight.SOURCE_TOPIC_DESCRIBE_CONFIGS);
        grants.without(AclOperation.READ, ResourceType.TOPIC);
        expect(missing, NeededRight.SOURCE_TOPIC_READ);
        grants.without(AclOperation.WRITE, ResourceType.TOPIC);
        expect(missing, NeededRight.SOURCE_TOPIC_WRITE);
        assertNoMarkerWithout("topics rights.a may not be written to; allow our user Write on these topics");
        grants.without(AclOperation.WRITE, ResourceType.TOPIC).without(AclOperation.IDEMPOTENT_WRITE);
        expect(missing, NeededRight.SOURCE_TOPIC_WRITE, NeededRight.SOURCE_CLUSTER_IDEMPOTENT_WRITE);
        grants.without(AclOperation.IDEMPOTENT_WRITE);
        expect(missing);
        grants.without(AclOperation.DESCRIBE, ResourceType.GROUP);
        expect(missing, NeededRight.SOURCE_GROUP_DESCRIBE);
        grants.without(AclOperation.DESCRIBE, ResourceType.TRANSACTIONAL_ID);
        expect(missing, NeededRight.SOURCE_TRANSACTIONAL_ID_DESCRIBE);
        grants.without(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID);
        expect(missing, NeededRight.SOURCE_TRANSACTIONAL_ID_WRITE);
        assertNoMarkerWithout("allow our user Describe and Write on transactional id " + MARKERS_ID);
        grants.without(ResourceType.TOPIC);
        expect(missing, NeededRight.SOURCE_TOPIC_SEE);

        grants.all();
        await().untilAsserted(() -> assertThat(missing.call()).isEmpty());
        grants.without(AclOperation.DESCRIBE_CONFIGS, ResourceType.TOPIC);
        expect(missing, NeededRight.SOURCE_TOPIC_DESCRIBE_CONFIGS);
        here.close();
        List<Finding> findings =
                findings(run(clusters.byScram(clusters.source()), open(clusters.target()), "rights.", duration -> {}));
        assertThat(of(PrecheckCode.B17, findings)).singleElement().asString().startsWith("source: topics rights.a");
        assertThat(of(PrecheckCode.B09, findings)).containsExactly("source");
        grants.none();
    }

    @Test
    @Order(BEFORE_LAST)
    void namesEachRightThatIsMissingOnTheTarget() throws Exception {
        create(clusters.sourceAdmin(), topic("rights.b", 1));
        commit(clusters.sourceAdmin(), "rights-h", "rights.b");
        Grants grants = new Grants(clusters.targetAdmin())
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE_CONFIGS)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALTER)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.ALTER_CONFIGS)
                .with(ResourceType.CLUSTER, "kafka-cluster", AclOperation.IDEMPOTENT_WRITE)
                .with(ResourceType.TOPIC, "rights.", AclOperation.DESCRIBE)
                .with(ResourceType.TOPIC, "rights.", AclOperation.DESCRIBE_CONFIGS)
                .with(ResourceType.TOPIC, "rights.", AclOperation.CREATE)
                .with(ResourceType.TOPIC, "kraftlift.", AclOperation.CREATE)
                .with(ResourceType.TOPIC, "kraftlift.", AclOperation.DESCRIBE_CONFIGS)
                .with(ResourceType.TOPIC, "rights.", AclOperation.ALTER)
                .with(ResourceType.TOPIC, "rights.", AclOperation.ALTER_CONFIGS)
                .with(ResourceType.TOPIC, "rights.", AclOperation.READ)
                .with(ResourceType.TOPIC, "rights.", AclOperation.WRITE)
                .with(ResourceType.GROUP, "", AclOperation.READ);
        Admin there = Admin.create(ClientProperties.of(clusters.byScram(clusters.target()), "target"));
        Callable<Set<NeededRight>> missing = () -> missing(
                reader(clusters.sourceAdmin(), "rights.b").onTarget(there, clusters.byScram(clusters.target())));
        try (there) {
            grants.all();
            await().untilAsserted(() -> assertThat(missing.call()).isEmpty());

            grants.without(AclOperation.DESCRIBE, ResourceType.CLUSTER)
                    .without(AclOperation.ALTER, ResourceType.CLUSTER);
            expect(missing, NeededRight.TARGET_CLUSTER_DESCRIBE);
            grants.without(AclOperation.ALTER, ResourceType.CLUSTER);
            expect(missing, NeededRight.TARGET_CLUSTER_ALTER);
            grants.without(AclOperation.ALTER_CONFIGS, ResourceType.CLUSTER);
            expect(missing, NeededRight.TARGET_CLUSTER_ALTER_CONFIGS);
            grants.without(AclOperation.ALTER_CONFIGS, ResourceType.CLUSTER)
                    .without(AclOperation.DESCRIBE_CONFIGS, ResourceType.CLUSTER);
            expect(missing, NeededRight.TARGET_CLUSTER_ALTER_CONFIGS, NeededRight.TARGET_CLUSTER_DESCRIBE_CONFIGS);
            grants.without(AclOperation.CREATE);
            expect(missing, NeededRight.TARGET_TOPIC_CREATE);
            grants.without(AclOperation.ALTER, ResourceType.TOPIC);
            expect(missing, NeededRight.TARGET_TOPIC_ALTER);
            grants.without(AclOperation.ALTER_CONFIGS, ResourceType.TOPIC);
            expect(missing, NeededRight.TARGET_TOPIC_ALTER_CONFIGS);
            grants.without(AclOperation.READ, ResourceType.TOPIC);
            expect(missing, NeededRight.TARGET_TOPIC_READ);
            grants.without(AclOperation.WRITE);
            expect(missing, NeededRight.TARGET_TOPIC_WRITE);
            grants.without(AclOperation.WRITE).without(AclOperation.IDEMPOTENT_WRITE);
            expect(missing, NeededRight.TARGET_TOPIC_WRITE, NeededRight.TARGET_CLUSTER_IDEMPOTENT_WRITE);
            grants.without(ResourceType.GROUP);
            expect(missing, NeededRight.TARGET_GROUP_READ);
        }
        grants.without(AclOperation.DESCRIBE_CONFIGS, ResourceType.CLUSTER)
                .without(AclOperation.ALTER_CONFIGS, ResourceType.CLUSTER);
        List<Finding> findings =
                findings(run(open(clusters.source()), clusters.byScram(clusters.target()), "rights.", duration -> {}));
        // No quota has to be set, so that AlterConfigs on the cluster is not needed.
        assertThat(findings)
                .filteredOn(finding -> finding.code() == PrecheckCode.B17)
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy()).startsWith("Allow DescribeConfigs on the cluster"));
        assertThat(of(PrecheckCode.W04, findings)).contains("target broker 1");
        grants.none();
    }

    @Test
    @Order(LAST)
    void findsPartitionsThatABrokerLeft() throws Exception {
        create(clusters.sourceAdmin(), new NewTopic("left.a", 2, (short) 2), topic("left.b", 4));
        clusters.source().stopBroker(2);
        await().until(() ->
                clusters.sourceAdmin().describeCluster().nodes().get().size() == 1);
        await().untilAsserted(() -> assertThat(findings(over("left.")))
                .filteredOn(finding -> finding.code() == PrecheckCode.W02)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.subject()).isEqualTo("source: left.a, left.b");
                    assertThat(finding.seen())
                            .isEqualTo("2 partitions have no leader, 2 have fewer replicas in sync than they should");
                }));
    }

    /** What the cutover says that nobody has let do what the precheck found to be missing. */
    private static void assertNoMarkerWithout(String right) {
        try (WireClient client = WireClient.open(
                clusters.byScram(clusters.source()), "source", List.of(PartitionId.of("rights.a", 0)), 1)) {
            EmptyTransactions transactions = new EmptyTransactions(client, MARKERS_ID, Duration.ofSeconds(20));
            assertThatThrownBy(transactions::commitOverAll)
                    .isInstanceOf(OperatorActionNeeded.class)
                    .hasMessageStartingWith("ACCESS_DENIED: source: ")
                    .hasMessageContaining(right);
        }
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(2));
    }

    private static RightsReader reader(Admin source, String include) {
        return new RightsReader(source, new TopicSelection(List.of(include), List.of()), Optional.of(MARKERS_ID));
    }

    private static Set<NeededRight> missing(List<MissingRight> rights) {
        Set<NeededRight> names = EnumSet.noneOf(NeededRight.class);
        rights.forEach(right -> names.add(right.right()));
        return names;
    }

    private static void expect(Callable<Set<NeededRight>> missing, NeededRight... rights) {
        await().untilAsserted(() -> assertThat(missing.call()).containsExactlyInAnyOrder(rights));
    }

    /** What {@code mover} is granted on a cluster. */
    private static final class Grants {
        private final Admin admin;
        private final List<AclBinding> all = new ArrayList<>();

        Grants(Admin admin) {
            this.admin = admin;
        }

        /** Adds to what {@link #all} grants; an empty name stands for all of a kind. */
        Grants with(ResourceType type, String name, AclOperation operation) {
            boolean prefix = name.endsWith(".");
            all.add(new AclBinding(
                    new ResourcePattern(
                            type, name.isEmpty() ? "*" : name, prefix ? PatternType.PREFIXED : PatternType.LITERAL),
                    new AccessControlEntry("User:" + MOVER, "*", operation, AclPermissionType.ALLOW)));
            return this;
        }

        void all() throws Exception {
            admin.createAcls(all).all().get();
        }

        /** Grants all but one operation on one kind. */
        Fewer without(AclOperation operation, ResourceType type) throws Exception {
            all();
            return new Fewer().without(operation, type);
        }

        /** Grants all but one operation. */
        Fewer without(AclOperation operation) throws Exception {
            all();
            return new Fewer().without(operation);
        }

        /** Grants all but those of one kind. */
        void without(ResourceType type) throws Exception {
            all();
            remove(all.stream()
                    .filter(acl -> acl.pattern().resourceType() == type)
                    .toList());
        }

        void none() throws Exception {
            remove(all);
        }

        private void remove(List<AclBinding> acls) throws Exception {
            admin.deleteAcls(acls.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
        }

        /** Some were taken away; more may be. */
        private final class Fewer {
            Fewer without(AclOperation operation, ResourceType type) throws Exception {
                remove(all.stream()
                        .filter(acl -> acl.entry().operation() == operation
                                && acl.pattern().resourceType() == type)
                        .toList());
                return this;
            }

            Fewer without(AclOperation operation) throws Exception {
                remove(all.stream()
                        .filter(acl -> acl.entry().operation() == operation)
                        .toList());
                return this;
            }
        }
    }

    private MigrationRun over(String prefix) {
        return run(open(clusters.source()), open(clusters.target()), prefix, duration -> {});
    }

    private MigrationRun run(
            ClusterSettings source, ClusterSettings target, String prefix, Surroundings.Sleeper sleeper) {
        MigrationConfig config = new MigrationConfig(
                source,
                target,
                new TopicSelection(List.of(prefix + "*"), List.of()),
                new StoreSettings.Directory(directory.resolve("backup").toString()),
                new EvidenceSettings(
                        new StoreSettings.Directory(
                                directory.resolve("evidence").toString()),
                        Period.ofYears(7),
                        null),
                SLOW,
                ConfigDrift.OVERWRITE_WITH_SOURCE,
                new CutoverSettings(
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofDays(1)),
                new ValidationSettings(ValidationMode.FULL, 1, 3),
                AclDrift.MERGE);
        Surroundings surroundings = new Surroundings(Map.of(), Clock.systemUTC(), sleeper, new SecureRandom());
        MigrationRun run =
                new MigrationRun(new MigrationId("precheck"), config, Sha256.of(new byte[] {7}), surroundings);
        runs.add(run);
        return run;
    }

    private static PrecheckFacts facts(MigrationRun run) throws InterruptedException {
        return new FactsProber(run).gather();
    }

    private static List<Finding> findings(MigrationRun run) throws InterruptedException {
        return Precheck.findings(facts(run));
    }

    private static List<PrecheckCode> codes(List<Finding> findings) {
        return findings.stream().map(Finding::code).distinct().toList();
    }

    private static List<String> of(PrecheckCode code, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.code() == code)
                .map(Finding::subject)
                .toList();
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, (short) 1);
    }

    private static void create(Admin admin, NewTopic... topics) throws Exception {
        admin.createTopics(List.of(topics)).all().get();
        List<String> names = Arrays.stream(topics).map(NewTopic::name).toList();
        await().ignoreExceptions()
                .until(() -> admin.describeTopics(names).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .noneMatch(partition ->
                                partition.leader() == null || partition.leader().isEmpty()));
    }

    /** Bytes that no codec makes smaller, in records of at most 100,000, all with one time. */
    private static void send(String servers, String topic, Instant time, int bytes) throws Exception {
        byte[] random = new byte[bytes];
        new Random(7).nextBytes(random);
        try (Producer<byte[], byte[]> producer = producer(
                // A batch in an old format has no place for a producer id.
                Map.of("bootstrap.servers", servers, "enable.idempotence", "false"))) {
            for (int from = 0; from < bytes; from += RECORD_BYTES) {
                byte[] value = Arrays.copyOfRange(random, from, Math.min(bytes, from + RECORD_BYTES));
                producer.send(new ProducerRecord<>(topic, 0, time.toEpochMilli(), null, value))
                        .get();
            }
        }
    }

    private static void transact(String servers, String transactionalId, String topic) throws Exception {
        try (Producer<byte[], byte[]> producer =
                producer(Map.of("bootstrap.servers", servers, "transactional.id", transactionalId))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, new byte[] {1})).get();
            producer.commitTransaction();
        }
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void commit(Admin admin, String group, String topic) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)))
                .all()
                .get();
    }

    /** Writes a batch of a transaction that no coordinator knows of, so that nobody ever ends it. */
    private static void leaveHanging(String topic, long producerId, Instant time) {
        MemoryRecords batch = MemoryRecords.withTransactionalRecords(
                Compression.NONE,
                producerId,
                (short) 0,
                0,
                new SimpleRecord(time.toEpochMilli(), new byte[] {1}, new byte[] {2}));
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new ProduceRequestData.PartitionProduceData()
                        .setIndex(0)
                        .setRecords(batch))));
        ProduceRequestData data = new ProduceRequestData()
                .setAcks((short) -1)
                .setTimeoutMs(10_000)
                .setTransactionalId("hanging")
                .setTopicData(topics);
        try (WireClient client =
                WireClient.open(open(clusters.source()), "source", List.of(PartitionId.of(topic, 0)), 1)) {
            Node leader = client.slotsByLeader().keySet().iterator().next();
            await().until(() -> {
                client.poll(10);
                return client.ready(leader);
            });
            List<ClientResponse> answers = new ArrayList<>();
            client.send(leader, ProduceRequest.builder(data, true), answers::add);
            await().until(() -> {
                client.poll(10);
                return !answers.isEmpty();
            });
            assertThat(((ProduceResponse) answers.get(0).responseBody()).errorCounts())
                    .isEqualTo(Map.of(Errors.NONE, 1));
        }
    }

    private static void unchecked(Callable<?> call) {
        try {
            call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
