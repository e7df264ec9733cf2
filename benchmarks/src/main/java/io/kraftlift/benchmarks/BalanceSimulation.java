package io.kraftlift.benchmarks;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.TopicName;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code balance}: how evenly the real planner shares 10,000 partitions of skewed size out to 40 workers. Every worker
 * copies at the same pace, so the one with the most bytes ends last: its bytes are the makespan. No schedule is shorter
 * than the larger of the mean and the largest partition.
 */
final class BalanceSimulation {
    private static final int TOPICS = 200;
    private static final int PARTITIONS_PER_TOPIC = 50;
    private static final int WORKERS = 40;
    private static final long SEED = 42;

    /** Settings that a topic without its own has. */
    static final Map<String, String> TOPIC_DEFAULTS = Map.of(
            "cleanup.policy", "delete",
            "compression.type", "producer",
            "max.message.bytes", "1048588",
            "message.timestamp.after.max.ms", "3600000",
            "message.timestamp.before.max.ms", "9223372036854775807",
            "message.timestamp.type", "CreateTime",
            "min.insync.replicas", "1",
            "retention.bytes", "-1",
            "retention.ms", "604800000",
            "unclean.leader.election.enable", "false");

    private final PrintStream out;

    BalanceSimulation(PrintStream out) {
        this.out = out;
    }

    /** How a topic's size comes about, and how it is shared over its partitions. */
    private enum Skew {
        /** All alike. */
        EVEN {
            @Override
            long bytes(SplittableRandom random, int topic) {
                return 1L << 30;
            }
        },
        /** Sizes over four orders of magnitude, each as frequent as the others. */
        LOG_UNIFORM {
            @Override
            long bytes(SplittableRandom random, int topic) {
                return (long) (1e6 * Math.pow(10, 4 * random.nextDouble()));
            }
        },
        /** Pareto with shape 1.2, of which a few partitions hold most bytes; at most 20 GB. */
        PARETO {
            @Override
            long bytes(SplittableRandom random, int topic) {
                return (long) Math.min(20e9, 1e7 / Math.pow(1 - random.nextDouble(), 1 / 1.2));
            }
        },
        /** The n-th largest topic has an n-th of the largest one's bytes, its partitions differ by a half. */
        ZIPF {
            @Override
            long bytes(SplittableRandom random, int topic) {
                return (long) (5e9 / (topic + 1) * (0.75 + 0.5 * random.nextDouble()));
            }
        };

        abstract long bytes(SplittableRandom random, int topic);
    }

    void run() {
        out.printf("%d partitions, %d workers%n%n", TOPICS * PARTITIONS_PER_TOPIC, WORKERS);
        out.println(
                "| sizes | GB | largest partition GB | ideal GB | makespan GB | makespan / ideal | planned in ms |");
        out.println("|---|--:|--:|--:|--:|--:|--:|");
        for (Skew skew : Skew.values()) {
            run(skew);
        }
    }

    private void run(Skew skew) {
        ClusterInventory source = source(skew);
        MigrationPlanner planner = new MigrationPlanner(new MigrationId("balance"), config(), Sha256.of(new byte[0]));
        long begun = System.nanoTime();
        List<LanePlan> lanes = planner.plan(source, target()).lanes().lanes();
        double millis = (System.nanoTime() - begun) / 1e6;
        long total = 0;
        long makespan = 0;
        long largest = 0;
        for (LanePlan lane : lanes) {
            long bytes = 0;
            for (LanePartition partition : lane.partitions()) {
                bytes += partition.bytes();
                largest = Math.max(largest, partition.bytes());
            }
            total += bytes;
            makespan = Math.max(makespan, bytes);
        }
        double ideal = Math.max((double) largest, (double) total / WORKERS);
        out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.2f | %.2f | %.2f | %.4f | %.0f |%n",
                skew.name().toLowerCase(Locale.ROOT),
                total / 1e9,
                largest / 1e9,
                ideal / 1e9,
                makespan / 1e9,
                makespan / ideal,
                millis);
    }

    private static MigrationConfig config() {
        return settings().config();
    }

    static ReadConfig settings() {
        String yaml = String.format(Locale.ROOT, """
                source: {bootstrap_servers: "source:9092", auth: {mode: plaintext}}
                target: {bootstrap_servers: "target:9092", auth: {mode: plaintext}}
                backup: {directory: backup}
                evidence: {directory: evidence}
                seed: {workers: %d}
                """, WORKERS);
        return new ConfigReader(Map.of(), SecretSource.NONE)
                .read("balance.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    private static ClusterInventory source(Skew skew) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<TopicInventory> topics = new ArrayList<>();
        for (int topic = 0; topic < TOPICS; topic++) {
            List<PartitionInventory> partitions = new ArrayList<>();
            for (int index = 0; index < PARTITIONS_PER_TOPIC; index++) {
                long bytes = skew.bytes(random, topic);
                long records = bytes / 1_000;
                partitions.add(new PartitionInventory(index, 1, 1, 1, new OffsetSpan(0, records, records), bytes));
            }
            topics.add(new TopicInventory(
                    new TopicName(String.format(Locale.ROOT, "topic-%03d", topic)),
                    false,
                    partitions,
                    Map.of(),
                    TOPIC_DEFAULTS));
        }
        return cluster(topics, new ModeSignals(Reading.known(0), Reading.known(false)), 0);
    }

    static ClusterInventory target() {
        return cluster(List.of(), new ModeSignals(Reading.known(30), Reading.known(true)), 30);
    }

    static ClusterInventory cluster(List<TopicInventory> topics, ModeSignals signals, int level) {
        return new ClusterInventory(
                ClusterInventory.FORMAT,
                "cluster-" + level,
                signals,
                Reading.known(level),
                List.of(new BrokerInventory(
                        1,
                        "broker",
                        9092,
                        null,
                        Reading.known(Map.of(BrokerSetting.INTER_BROKER_PROTOCOL_VERSION, "3.9-IV0")))),
                topics,
                Reading.known(List.of()),
                new AclReading.NoAuthorizer(),
                Reading.known(List.of()),
                Reading.known(TOPIC_DEFAULTS));
    }
}
