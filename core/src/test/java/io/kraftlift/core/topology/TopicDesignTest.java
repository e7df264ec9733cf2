package io.kraftlift.core.topology;

import static io.kraftlift.core.inventory.Inventories.source;
import static io.kraftlift.core.inventory.Inventories.target;
import static io.kraftlift.core.inventory.Inventories.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.Inventories;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicDesignTest {
    private static final String FOREVER = Long.toString(Long.MAX_VALUE);

    @Test
    void holdsOnlyWhatDiffersFromWhatHoldsAnyway() {
        TopicDesign design = design(topic("orders", 3));

        assertThat(design.origin()).isEqualTo(TopicOrigin.CREATED);
        assertThat(design.partitions()).isEqualTo(3);
        assertThat(design.configs()).isEmpty();
        assertThat(design.settingsWhileCopying())
                .isEqualTo(Map.of(
                        "max.message.bytes",
                        Integer.toString(1048588 + (1 << 20)),
                        "message.timestamp.after.max.ms",
                        FOREVER,
                        "retention.ms",
                        "-1"));
        assertThat(design.holds())
                .allSatisfy(hold -> assertThat(hold.restored()).isNull());
    }

    @Test
    void restoresTheSourcesOwnSettingsAfterwards() {
        TopicDesign design = design(topic(
                "orders",
                1,
                Map.of(
                        "cleanup.policy", "compact,delete",
                        "compression.type", "zstd",
                        "message.timestamp.type", "LogAppendTime",
                        "retention.ms", "60000")));

        assertThat(restored(design))
                .containsEntry("cleanup.policy", "compact,delete")
                .containsEntry("compression.type", "zstd")
                .containsEntry("message.timestamp.type", "LogAppendTime")
                .containsEntry("retention.ms", "60000");
        assertThat(design.settingsWhileCopying())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("compression.type", "producer")
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("retention.ms", "-1");
    }

    @Test
    void endsWriteHoldsApartFromCleanupHolds() {
        TopicDesign design = design(topic(
                "orders",
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "compression.type", "lz4",
                        "message.timestamp.type", "LogAppendTime",
                        "message.timestamp.before.max.ms", "1000",
                        "retention.bytes", "5000")));

        assertThat(keys(design, HoldKind.CLEANUP)).containsExactly("cleanup.policy", "retention.bytes", "retention.ms");
        assertThat(keys(design, HoldKind.WRITE))
                .containsExactly(
                        "compression.type",
                        "max.message.bytes",
                        "message.timestamp.after.max.ms",
                        "message.timestamp.before.max.ms",
                        "message.timestamp.type");
    }

    @Test
    void holdsNothingThatTheSourceHasLikeThatAlready() {
        TopicDesign design = design(topic("orders", 1, Map.of("retention.ms", "-1", "cleanup.policy", "delete")));

        assertThat(keys(design, HoldKind.CLEANUP)).isEmpty();
        assertThat(design.configs()).containsEntry("retention.ms", "-1").containsEntry("cleanup.policy", "delete");
    }

    @Test
    void keepsALargerMessageLimitThatTheSourceHasByDefault() {
        TopicInventory here = topic("orders", 1);
        Map<String, String> effective = new TreeMap<>(here.effective());
        effective.put("max.message.bytes", "5000000");
        effective.put("min.insync.replicas", "2");
        TopicDesign design = design(new TopicInventory(here.name(), false, here.partitions(), Map.of(), effective));

        assertThat(design.configs()).isEqualTo(Map.of("max.message.bytes", "5000000", "min.insync.replicas", "2"));
        assertThat(restored(design)).containsEntry("max.message.bytes", "5000000");
    }

    @Test
    void leavesOutWhatTheTargetDoesNotKnowAndSaysSo() {
        TopicDesign design = design(topic(
                "orders",
                1,
                Map.of(
                        "message.format.version", "2.8",
                        "leader.replication.throttled.replicas", "0:1",
                        "message.timestamp.difference.max.ms", "1000",
                        "segment.bytes", "5000")));

        assertThat(design.configs())
                .isEqualTo(Map.of(
                        "message.timestamp.after.max.ms", "1000",
                        "message.timestamp.before.max.ms", "1000",
                        "segment.bytes", "1048576"));
        assertThat(design.remarks())
                .containsExactlyInAnyOrder(
                        "message.format.version=2.8 is left out: the target's version does not know it",
                        "leader.replication.throttled.replicas is left out: it names brokers of the source",
                        "message.timestamp.difference.max.ms=1000 becomes message.timestamp.before.max.ms and"
                                + " message.timestamp.after.max.ms: the target's version split it",
                        "segment.bytes=5000 becomes 1048576: the target's version refuses smaller segments");
    }

    @Test
    void boundsTheReplicationFactorByTheTargetsBrokersAndSaysSo() {
        TopicDesign design = new TopologyPlanner(
                        source(topic("orders", 1)),
                        Inventories.withBrokers(target(), Inventories.brokers(1, Map.of())),
                        policies(ConfigDrift.FAIL))
                .designs(List.of(new TopicName("orders")))
                .get(0);

        assertThat(design.replicationFactor()).isEqualTo(1);
        assertThat(design.remarks()).containsExactly("replication factor 1 instead of 2: the target has 1 brokers");
    }

    @Test
    void saysThatFewerReplicasAreLeftThanMustBeInSync() {
        TopicDesign design = new TopologyPlanner(
                        source(topic("orders", 1, Map.of("min.insync.replicas", "2"))),
                        Inventories.withBrokers(target(), Inventories.brokers(1, Map.of())),
                        policies(ConfigDrift.FAIL))
                .designs(List.of(new TopicName("orders")))
                .get(0);

        assertThat(design.remarks())
                .contains("min.insync.replicas=2 is above the replication factor 1: some versions then refuse writes"
                        + " with acks=all");
    }

    @Test
    void leavesOutTieringWhereTheTargetSaysThatItHasNone() {
        TopicInventory tiered =
                topic("orders", 1, Map.of("remote.storage.enable", "true", "local.retention.ms", "5000"));

        assertThat(onTargetWith(tiered, "false").configs()).isEmpty();
        assertThat(onTargetWith(tiered, "false").remarks())
                .contains("remote.storage.enable=true is left out: the target has no tiered storage, its brokers' disks"
                        + " hold all that is retained");
        assertThat(onTargetWith(tiered, "true").configs())
                .isEqualTo(Map.of("remote.storage.enable", "true", "local.retention.ms", "5000"));
    }

    private static TopicDesign onTargetWith(TopicInventory here, String tiering) {
        Map<String, String> defaults = new TreeMap<>(Inventories.DEFAULTS);
        defaults.put("remote.storage.enable", "false");
        defaults.put("local.retention.ms", "-2");
        ClusterInventory there = Inventories.withBrokers(
                target(), Inventories.brokers(2, Map.of("remote.log.storage.system.enable", tiering)));
        return new TopicDesigner(defaults, there.release(), there.brokers()).create(here);
    }

    @Test
    void overwritesAFoundTopicAndRemembersWhatItLoses() {
        TopicDesign design = adopted(ConfigDrift.OVERWRITE_WITH_SOURCE);

        assertThat(design.origin()).isEqualTo(TopicOrigin.FOUND);
        assertThat(design.configs()).isEqualTo(Map.of("segment.ms", "5000"));
        assertThat(design.removed()).containsExactly("min.insync.replicas");
        assertThat(restored(design)).containsEntry("retention.ms", null);
    }

    @Test
    void keepsAFoundTopicsSettingsButHoldsThem() {
        TopicDesign design = adopted(ConfigDrift.KEEP_TARGET);

        assertThat(design.configs())
                .isEqualTo(Map.of("segment.ms", "9000", "min.insync.replicas", "2", "retention.ms", "70000"));
        assertThat(design.removed()).isEmpty();
        assertThat(restored(design)).containsEntry("retention.ms", "70000");
        assertThat(design.remarks()).contains("kept as on the target: segment.ms is 9000, on the source 5000");
    }

    private static TopicDesign adopted(ConfigDrift onDrift) {
        TopicInventory there =
                topic("orders", 1, Map.of("segment.ms", "9000", "min.insync.replicas", "2", "retention.ms", "70000"));
        return new TopologyPlanner(
                        source(topic("orders", 1, Map.of("segment.ms", "5000"))), target(there), policies(onDrift))
                .designs(List.of(new TopicName("orders")))
                .get(0);
    }

    private static TopicDesign design(TopicInventory here) {
        return new TopologyPlanner(source(here), target(), policies(ConfigDrift.FAIL))
                .designs(List.of(here.name()))
                .get(0);
    }

    private static DriftPolicies policies(ConfigDrift onDrift) {
        return new DriftPolicies(onDrift, AclDrift.MERGE, Set.of());
    }

    private static List<String> keys(TopicDesign design, HoldKind kind) {
        return design.holds().stream()
                .filter(hold -> hold.kind() == kind)
                .map(Hold::key)
                .toList();
    }

    @SuppressWarnings("NullAway") // a hold that ends in removal restores null
    private static Map<String, String> restored(TopicDesign design) {
        Map<String, String> restored = new HashMap<>();
        design.holds().forEach(hold -> restored.put(hold.key(), hold.restored()));
        return restored;
    }
}
