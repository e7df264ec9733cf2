package io.kraftlift.core.precheck;

import static io.kraftlift.core.inventory.Inventories.brokers;
import static io.kraftlift.core.inventory.Inventories.group;
import static io.kraftlift.core.inventory.Inventories.partitions;
import static io.kraftlift.core.inventory.Inventories.source;
import static io.kraftlift.core.inventory.Inventories.target;
import static io.kraftlift.core.inventory.Inventories.topic;
import static io.kraftlift.core.inventory.Inventories.withBrokers;
import static io.kraftlift.core.inventory.Inventories.withGroups;
import static io.kraftlift.core.inventory.Inventories.withMode;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Given facts; then code, subject and remedy. */
class PrecheckTest {
    private static final ModeSignals KRAFT = new ModeSignals(Reading.known(21), Reading.known(true));
    private static final ModeSignals ZOOKEEPER = new ModeSignals(Reading.known(0), Reading.known(false));
    private static final PrecheckFacts HEALTHY = new PrecheckFacts(
            Reading.known(source(topic("orders", 1))),
            Reading.known(target()),
            Reading.known("file:///backup/"),
            Reading.known("file:///evidence/"),
            Reading.known(List.of()),
            Reading.known(List.of()),
            new TopicSelection(List.of(), List.of()),
            Set.of());

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(Precheck.findings(HEALTHY)).isEmpty();
    }

    @Test
    void b03AKraftSource() {
        found(
                withSource(here -> withMode(here, KRAFT, Reading.known(21))),
                PrecheckCode.B03,
                "source",
                "ZooKeeper mode");
    }

    @Test
    void b04AZooKeeperTarget() {
        found(
                withTarget(there -> withMode(there, ZOOKEEPER, Reading.known(21))),
                PrecheckCode.B04,
                "target",
                "KRaft mode");
    }

    @Test
    void b05TheSameClusterTwice() {
        PrecheckFacts facts = withTarget(there -> new ClusterInventory(
                1,
                "source-id",
                there.modeSignals(),
                there.newestMetadataLevel(),
                there.brokers(),
                there.topics(),
                there.groups(),
                there.acls(),
                there.quotas(),
                there.topicDefaults()));

        found(facts, PrecheckCode.B05, "source and target", "two different clusters");
    }

    @Test
    void b06AnOldTargetAndOneThatDoesNotTell() {
        found(withTarget(there -> withMode(there, KRAFT, Reading.known(14))), PrecheckCode.B06, "target", "Kafka 3.7");
        found(
                withTarget(there -> withMode(there, KRAFT, Reading.unreadable("denied"))),
                PrecheckCode.B06,
                "target",
                "run the precheck again");
    }

    @Test
    void b07AndB08StoresThatAreNotWritable() {
        found(
                new PrecheckFacts(
                        HEALTHY.source(),
                        HEALTHY.target(),
                        Reading.unreadable("no"),
                        HEALTHY.evidence(),
                        HEALTHY.openTransactions(),
                        HEALTHY.transactionalIds(),
                        HEALTHY.selection(),
                        Set.of()),
                PrecheckCode.B07,
                "backup",
                "writable");
        found(
                new PrecheckFacts(
                        HEALTHY.source(),
                        HEALTHY.target(),
                        HEALTHY.backup(),
                        Reading.unreadable("no"),
                        HEALTHY.openTransactions(),
                        HEALTHY.transactionalIds(),
                        HEALTHY.selection(),
                        Set.of()),
                PrecheckCode.B08,
                "evidence",
                "writable");
    }

    @Test
    void b09AndB10ClustersThatDoNotAnswer() {
        PrecheckFacts facts = new PrecheckFacts(
                Reading.unreadable("timed out"),
                Reading.unreadable("refused"),
                HEALTHY.backup(),
                HEALTHY.evidence(),
                HEALTHY.openTransactions(),
                HEALTHY.transactionalIds(),
                HEALTHY.selection(),
                Set.of());

        assertThat(Precheck.findings(facts))
                .extracting(Finding::code)
                .containsExactly(PrecheckCode.B09, PrecheckCode.B10);
        found(facts, PrecheckCode.B09, "source", "source.bootstrap_servers");
        found(facts, PrecheckCode.B10, "target", "target.auth");
    }

    @Test
    void b11ABrokerThatAcceptsLessThanATopicOfTheSource() {
        PrecheckFacts facts = withSource(here -> source(topic("huge", 1, Map.of("max.message.bytes", "5000000"))));

        found(facts, PrecheckCode.B11, "target broker 1", "at least 5000000");
        found(facts, PrecheckCode.B11, "target broker 2", "at least 5000000");
    }

    @Test
    void w04ABrokerThatDoesNotTellWhatItAccepts() {
        found(
                withTarget(there -> withBrokers(there, brokers(2, Map.of()))),
                PrecheckCode.W04,
                "target broker 1",
                "at least 1048588");
    }

    @Test
    void b13ATopicWithOtherPartitionsOrWithRecords() {
        found(withTarget(there -> target(topic("orders", 4))), PrecheckCode.B13, "orders", "topics.exclude");
        found(withTarget(there -> withRecords()), PrecheckCode.B13, "orders", "Delete the topic");
    }

    @Test
    void b13NotForRecordsInATopicOfOurOwn() {
        PrecheckFacts facts = withTarget(there -> withRecords());

        assertThat(Precheck.findings(new PrecheckFacts(
                        facts.source(),
                        facts.target(),
                        facts.backup(),
                        facts.evidence(),
                        facts.openTransactions(),
                        facts.transactionalIds(),
                        facts.selection(),
                        Set.of(new TopicName("orders")))))
                .isEmpty();
    }

    @Test
    void b14MoreReplicasThanBrokers() {
        found(
                withTarget(there -> withBrokers(there, brokers(1, Map.of("message.max.bytes", "1048588")))),
                PrecheckCode.B14,
                "orders",
                "up to 2");
    }

    @Test
    void b18ATransactionThatOutlivedItsTimeout() {
        found(
                withTransactions(Reading.known(List.of(open(Duration.ofSeconds(91))))),
                PrecheckCode.B18,
                "orders/0",
                "abort --topic orders --partition 0");
        assertThat(Precheck.findings(withTransactions(Reading.known(List.of(open(Duration.ofSeconds(89)))))))
                .isEmpty();
        found(withTransactions(Reading.unreadable("denied")), PrecheckCode.B18, "source", "run the precheck again");
    }

    @Test
    void b20SignalsThatDisagree() {
        ModeSignals disagreeing = new ModeSignals(Reading.known(21), Reading.known(false));

        found(
                withSource(here -> withMode(here, disagreeing, Reading.known(0))),
                PrecheckCode.B20,
                "source",
                "Describe");
        found(
                withTarget(there -> withMode(there, disagreeing, Reading.known(30))),
                PrecheckCode.B20,
                "target",
                "Describe");
    }

    @Test
    void w01FewerBrokers() {
        found(withSource(here -> withBrokers(here, brokers(3, Map.of()))), PrecheckCode.W01, "target", "add brokers");
    }

    @Test
    void w02PartitionsOutOfSyncOrWithoutLeader() {
        PartitionInventory behind = new PartitionInventory(0, 1, 2, 1, new OffsetSpan(0, 0, 0), 0L);
        PartitionInventory offline = new PartitionInventory(1, null, 2, 1, null, null);

        found(
                withSource(here -> source(topic("orders", Map.of(), List.of(behind, offline)))),
                PrecheckCode.W02,
                "source: orders",
                "Bring the brokers back");
    }

    @Test
    void w05W10W11AndW13SettingsOfTopics() {
        PrecheckFacts facts = withSource(here -> source(
                topic("a", 1, Map.of("cleanup.policy", "compact,delete")),
                topic("b", 1, Map.of("message.timestamp.type", "LogAppendTime")),
                topic("c", 1, Map.of("unclean.leader.election.enable", "true")),
                topic("d", 1, Map.of("message.format.version", "0.10.2-IV0")),
                topic("e", 1, Map.of("message.format.version", "3.0-IV1"))));

        found(facts, PrecheckCode.W05, "a", "disks");
        found(facts, PrecheckCode.W10, "b", "Nothing to do");
        found(facts, PrecheckCode.W11, "d", "plan more time");
        found(facts, PrecheckCode.W13, "c", "Set it to false");
    }

    @Test
    void w08GroupsWithoutCommitsOrOfAnotherKind() {
        GroupInventory reading = group("reading", "consumer", Map.of(PartitionId.of("orders", 0), 3L));
        GroupInventory idle = group("idle", "consumer", Map.of(PartitionId.of("elsewhere", 0), 3L));
        GroupInventory canary = group("amazon.msk.canary.1", "consumer", Map.of());
        GroupInventory share = new GroupInventory("shared", "Stable", "Share", "share", 1, Reading.known(Map.of()));
        GroupInventory closed =
                new GroupInventory("closed", "Stable", "Classic", "consumer", 1, Reading.unreadable("denied"));
        PrecheckFacts facts =
                withSource(here -> withGroups(here, Reading.known(List.of(reading, idle, canary, share, closed))));

        assertThat(Precheck.findings(facts)).extracting(Finding::subject).containsExactly("closed", "idle", "shared");
        found(facts, PrecheckCode.W08, "idle", "auto.offset.reset");
        found(
                withSource(here -> withGroups(here, Reading.unreadable("denied"))),
                PrecheckCode.W08,
                "groups of the source",
                "run the precheck again");
    }

    @Test
    void w09StreamsConnectAndTransactions() {
        PrecheckFacts streams = withSource(here -> withGroups(
                source(topic("billing-app-store-changelog", 1), topic("billing-app-by-key-repartition", 1)),
                Reading.known(List.of(group(
                        "billing-app", "consumer", Map.of(PartitionId.of("billing-app-by-key-repartition", 0), 1L))))));
        PrecheckFacts connect =
                withSource(here -> source(topic("cdc-configs", 1), topic("cdc-offsets", 1), topic("cdc-status", 1)));

        found(streams, PrecheckCode.W09, "Kafka Streams application billing-app", "local state");
        assertThat(Precheck.findings(streams)).hasSize(1);
        found(connect, PrecheckCode.W09, "Kafka Connect cdc-*", "switch together");
        found(
                new PrecheckFacts(
                        HEALTHY.source(),
                        HEALTHY.target(),
                        HEALTHY.backup(),
                        HEALTHY.evidence(),
                        HEALTHY.openTransactions(),
                        Reading.known(List.of("a", "b", "c", "d", "e", "f")),
                        HEALTHY.selection(),
                        Set.of()),
                PrecheckCode.W09,
                "transactional producers a, b, c, d, e and 1 more",
                "open transaction");
    }

    @Test
    void i03InternalTopics() {
        found(
                withSource(here -> source(topic("orders", 1), topic("__consumer_offsets", 1))),
                PrecheckCode.I03,
                "__consumer_offsets",
                "Nothing to do");
    }

    @Test
    void putsBlockersFirst() {
        PrecheckFacts facts = withSource(here -> withMode(
                source(topic("a", 1, Map.of("cleanup.policy", "compact")), topic("__consumer_offsets", 1)),
                KRAFT,
                Reading.known(21)));

        assertThat(Precheck.findings(facts))
                .extracting(Finding::severity)
                .containsExactly(Severity.BLOCKER, Severity.WARNING, Severity.INFO);
    }

    private static void found(PrecheckFacts facts, PrecheckCode code, String subject, String remedy) {
        assertThat(Precheck.findings(facts))
                .filteredOn(
                        finding -> finding.code() == code && finding.subject().equals(subject))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(code.severity());
                    assertThat(finding.remedy()).contains(remedy);
                });
    }

    private static ClusterInventory withRecords() {
        return target(topic("orders", Map.of(), partitions(1, new OffsetSpan(5, 5, 5), 0)));
    }

    private static OpenTransaction open(Duration age) {
        return new OpenTransaction(PartitionId.of("orders", 0), 77, "payments", age, Duration.ofSeconds(60));
    }

    private static PrecheckFacts withSource(UnaryOperator<ClusterInventory> change) {
        return new PrecheckFacts(
                HEALTHY.source().fold(here -> Reading.known(change.apply(here)), Reading::unreadable),
                HEALTHY.target(),
                HEALTHY.backup(),
                HEALTHY.evidence(),
                HEALTHY.openTransactions(),
                HEALTHY.transactionalIds(),
                HEALTHY.selection(),
                Set.of());
    }

    private static PrecheckFacts withTarget(UnaryOperator<ClusterInventory> change) {
        return new PrecheckFacts(
                HEALTHY.source(),
                HEALTHY.target().fold(there -> Reading.known(change.apply(there)), Reading::unreadable),
                HEALTHY.backup(),
                HEALTHY.evidence(),
                HEALTHY.openTransactions(),
                HEALTHY.transactionalIds(),
                HEALTHY.selection(),
                Set.of());
    }

    private static PrecheckFacts withTransactions(Reading<List<OpenTransaction>> open) {
        return new PrecheckFacts(
                HEALTHY.source(),
                HEALTHY.target(),
                HEALTHY.backup(),
                HEALTHY.evidence(),
                open,
                HEALTHY.transactionalIds(),
                HEALTHY.selection(),
                Set.of());
    }
}
