package io.kraftlift.access.plan;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskModeSignals;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskProvisioned.Authentication;
import io.kraftlift.core.msk.MskProvisioned.MskAccess;
import io.kraftlift.core.msk.MskProvisioned.MskBrokers;
import io.kraftlift.core.msk.MskProvisioned.MskConfiguration;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.plan.MskFacts;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.topics.TopicName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Migrations whose artifacts are kept as golden files. */
enum PlanScenario {
    /** Two MSK clusters with IAM and SCRAM users, buckets with a key, a target whose brokers take too small batches. */
    MSK("""
            source:
              cluster_arn: arn:aws:kafka:eu-central-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1
              auth: {mode: iam}
            target:
              cluster_arn: arn:aws:kafka:eu-central-1:111122223333:cluster/orders-kraft/99999999-2222-3333-4444-555555555555-2
              auth: {mode: iam}
            topics:
              include: ["orders*", "prices"]
              exclude: ["*.tmp"]
            backup:
              s3_bucket: orders-migration-segments
              s3_prefix: zk-to-kraft/
              kms_key_arn: arn:aws:kms:eu-central-1:111122223333:key/77777777-8888-9999-0000-111111111111
            evidence:
              s3_bucket: orders-migration-evidence
              s3_prefix: migrations/
            cutover:
              producer_freeze_webhook: https://internal-api.example.com/kafka/freeze
              webhook_secret: "${secret:arn:aws:secretsmanager:eu-central-1:111122223333:secret:freeze-AbCdEf#key}"
            """, 3) {
        @Override
        Optional<MskFacts> sourceMsk() {
            return Optional.of(new MskFacts(
                    Reading.known(cluster("orders/11111111-2222-3333-4444-555555555555-1", "3.9.x", 3)),
                    Reading.known(List.of("3.9.x.kraft")),
                    Reading.known("message.max.bytes=1048588\n"),
                    Reading.known(List.of(
                            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_billing-AbCdEf",
                            "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_audit-GhIjKl"))));
        }

        @Override
        Optional<MskFacts> targetMsk() {
            return Optional.of(new MskFacts(
                    Reading.known(cluster("orders-kraft/99999999-2222-3333-4444-555555555555-2", "3.9.x.kraft", 3)),
                    Reading.known(List.of()),
                    Reading.known("auto.create.topics.enable=false\nmessage.max.bytes=1048588\n"),
                    Reading.known(List.of())));
        }

        @Override
        Reading<Map<TopicName, Long>> recordsLastHour() {
            return Reading.known(Map.of(new TopicName("orders"), 360_000L, new TopicName("orders.log"), 0L));
        }

        @Override
        Reading<List<Integer>> dynamicListeners() {
            return Reading.known(List.of());
        }
    },
    /** Two clusters that are given by their brokers, stores in directories, almost nothing readable. */
    PLAIN("""
            source:
              bootstrap_servers: old-1:9096
              auth: {mode: scram-sha-512, username: mover, password: "${PASSWORD}"}
            target:
              bootstrap_servers: new-1:9092
              auth: {mode: plaintext}
            topics: {include: ["orders", "prices"]}
            backup: {directory: /var/lib/kraftlift/segments}
            evidence: {directory: /var/lib/kraftlift/evidence}
            seed: {workers: 1, max_bytes_per_second: 1MiB}
            validation: {mode: sample}
            """, 1) {
        @Override
        Optional<MskFacts> sourceMsk() {
            return Optional.empty();
        }

        @Override
        Optional<MskFacts> targetMsk() {
            return Optional.empty();
        }

        @Override
        Reading<Map<TopicName, Long>> recordsLastHour() {
            return Reading.unreadable("source: does not allow to find the last hour's records");
        }

        @Override
        Reading<List<Integer>> dynamicListeners() {
            return Reading.unreadable("source: does not allow to describe the settings of broker 1");
        }
    };

    private static final Map<String, String> DEFAULTS = Map.of(
            "cleanup.policy", "delete",
            "compression.type", "producer",
            "max.message.bytes", "1048588",
            "message.timestamp.after.max.ms", "3600000",
            "message.timestamp.before.max.ms", "9223372036854775807",
            "message.timestamp.type", "CreateTime",
            "min.insync.replicas", "1",
            "retention.bytes", "-1",
            "retention.ms", "604800000");

    private final String yaml;
    private final int brokers;

    PlanScenario(String yaml, int brokers) {
        this.yaml = yaml;
        this.brokers = brokers;
    }

    abstract Optional<MskFacts> sourceMsk();

    abstract Optional<MskFacts> targetMsk();

    abstract Reading<Map<TopicName, Long>> recordsLastHour();

    abstract Reading<List<Integer>> dynamicListeners();

    /** The artifacts with the prices that come along. */
    Artifacts artifacts() {
        ReadConfig config = new ConfigReader(Map.of("PASSWORD", "hidden"), (arn, key) -> "hidden")
                .read("migration.yaml", yaml.getBytes(StandardCharsets.UTF_8));
        PlanInput input =
                new PlanInput(source(), target(), recordsLastHour(), dynamicListeners(), sourceMsk(), targetMsk());
        return Artifacts.of(
                new MigrationPlanner(new MigrationId("orders-2026"), config.config(), config.fingerprint())
                        .plan(input)
                        .plan(),
                config,
                input,
                PriceLists.ours());
    }

    private static MskCluster cluster(String nameAndUuid, String version, int zones) {
        boolean kraft = version.endsWith(".kraft");
        return new MskProvisioned(
                MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/" + nameAndUuid),
                "ACTIVE",
                version,
                new MskModeSignals(version, !kraft, kraft),
                new MskBrokers(3, "kafka.m7g.large", zones, "LOCAL"),
                new MskAccess(Set.of(Authentication.IAM, Authentication.SCRAM_SHA_512), false, false),
                Optional.of(new MskConfiguration("arn:aws:kafka:eu-central-1:111122223333:configuration/ours/1", 4)));
    }

    private ClusterInventory source() {
        return cluster(
                "source-id",
                new ModeSignals(Reading.known(0), Reading.known(false)),
                0,
                List.of(
                        topic("orders", 6, Map.of("retention.ms", "86400000"), 1_000_000, 2_500_000_000L),
                        topic("orders.log", 2, Map.of("cleanup.policy", "compact"), 500, 40_000_000),
                        topic("orders.tmp", 1, Map.of(), 5, 500),
                        topic("prices", 3, Map.of("max.message.bytes", "2097152"), 20_000, 100_000_000),
                        topic("unrelated", 1, Map.of(), 7, 700),
                        topic("__consumer_offsets", 1, Map.of(), 9, 900)));
    }

    private ClusterInventory target() {
        return cluster("target-id", new ModeSignals(Reading.known(30), Reading.known(true)), 30, List.of());
    }

    private ClusterInventory cluster(String id, ModeSignals signals, int level, List<TopicInventory> topics) {
        List<BrokerInventory> all = new ArrayList<>();
        for (int number = 1; number <= brokers; number++) {
            all.add(new BrokerInventory(
                    number,
                    "broker-" + number,
                    9098,
                    brokers == 1 ? null : "zone-" + number,
                    Reading.known(Map.of(
                            "inter.broker.protocol.version", "3.9-IV0",
                            "message.max.bytes", "1048588",
                            "replica.fetch.max.bytes", "1048576"))));
        }
        return new ClusterInventory(
                ClusterInventory.FORMAT,
                id,
                signals,
                Reading.known(level),
                all,
                topics,
                Reading.known(List.of(
                        new GroupInventory("billing", "Empty", "Classic", "consumer", 0, Reading.known(Map.of())))),
                new AclReading.NoAuthorizer(),
                Reading.known(List.of()),
                Reading.known(DEFAULTS));
    }

    private TopicInventory topic(String name, int count, Map<String, String> configs, long records, long bytes) {
        List<PartitionInventory> partitions = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            // Of the last partition of a topic of one cluster, nobody knows the size.
            Long size = brokers == 1 && index == count - 1 ? null : Long.valueOf(bytes / count);
            partitions.add(new PartitionInventory(
                    index, 1, brokers, brokers, new OffsetSpan(0, records / count, records / count), size));
        }
        Map<String, String> effective = new TreeMap<>(DEFAULTS);
        effective.putAll(configs);
        return new TopicInventory(new TopicName(name), name.startsWith("__"), partitions, configs, effective);
    }
}
