package io.kraftlift.core.topology;

import static io.kraftlift.core.inventory.TopicSetting.CLEANUP_POLICY;
import static io.kraftlift.core.inventory.TopicSetting.COMPRESSION_TYPE;
import static io.kraftlift.core.inventory.TopicSetting.MAX_MESSAGE_BYTES;
import static io.kraftlift.core.inventory.TopicSetting.MIN_INSYNC_REPLICAS;
import static io.kraftlift.core.inventory.TopicSetting.RETENTION_BYTES;
import static io.kraftlift.core.inventory.TopicSetting.RETENTION_MS;
import static io.kraftlift.core.inventory.TopicSetting.SEGMENT_BYTES;
import static io.kraftlift.core.inventory.TopicSetting.TIMESTAMP_AFTER_MAX_MS;
import static io.kraftlift.core.inventory.TopicSetting.TIMESTAMP_BEFORE_MAX_MS;
import static io.kraftlift.core.inventory.TopicSetting.TIMESTAMP_DIFFERENCE_MAX_MS;
import static io.kraftlift.core.inventory.TopicSetting.TIMESTAMP_TYPE;

import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.inventory.KafkaRelease;
import io.kraftlift.core.inventory.TopicInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides how a topic of the source is made on the target, so that batches arrive there byte for byte and nothing is
 * removed before it was compared.
 */
final class TopicDesigner {
    /**
     * How much larger than the source's limit a batch may be while copying. A batch that is rebuilt, because of holes or
     * an old format, can grow by its records' framing; a mebibyte is more than any batch within Kafka's default limit
     * can grow by.
     */
    private static final long HEADROOM_BYTES = 1 << 20;

    private static final String UNLIMITED_MILLIS = Long.toString(Long.MAX_VALUE);

    /** Values of these name brokers of the source. */
    private static final Set<String> NAMING_BROKERS =
            Set.of("leader.replication.throttled.replicas", "follower.replication.throttled.replicas");

    /** KIP-1030: Kafka 4.0 refuses smaller segments. */
    private static final KafkaRelease LARGER_SEGMENTS = KafkaRelease.of(4, 0);

    private static final long SMALLEST_SEGMENT_BYTES = 1 << 20;

    /** Defaults that change what is kept or accepted, and so are worth a remark where they differ. */
    private static final List<String> WORTH_A_REMARK =
            List.of(CLEANUP_POLICY, RETENTION_BYTES, RETENTION_MS, TIMESTAMP_AFTER_MAX_MS, TIMESTAMP_TYPE);

    /** Settings that only a cluster with tiered storage accepts: KIP-405. */
    private static final Pattern TIERED = Pattern.compile("remote\\..*|local\\.retention\\..*");

    private final Map<String, String> defaults;
    private final Optional<KafkaRelease> release;
    private final List<BrokerInventory> brokers;

    /**
     * For one target.
     *
     * @param defaults every topic setting that the target knows, with its default
     */
    TopicDesigner(Map<String, String> defaults, Optional<KafkaRelease> release, List<BrokerInventory> brokers) {
        this.defaults = defaults;
        this.release = release;
        this.brokers = brokers;
    }

    /** For a topic that the target has not. */
    TopicDesign create(TopicInventory source) {
        List<String> remarks = new ArrayList<>();
        Map<String, String> configs = asOnSource(source, remarks);
        int replicationFactor = Math.min(source.replicationFactor(), Math.max(1, brokers.size()));
        if (replicationFactor < source.replicationFactor()) {
            remarks.add("replication factor " + replicationFactor + " instead of " + source.replicationFactor()
                    + ": the target has " + brokers.size() + " brokers");
        }
        String inSync = configs.getOrDefault(MIN_INSYNC_REPLICAS, defaults.getOrDefault(MIN_INSYNC_REPLICAS, "1"));
        if (Integer.parseInt(inSync) > replicationFactor) {
            remarks.add(MIN_INSYNC_REPLICAS + "=" + inSync + " is above the replication factor " + replicationFactor
                    + ": some versions then refuse writes with acks=all");
        }
        return new TopicDesign(
                source.name(),
                TopicOrigin.CREATED,
                source.partitions().size(),
                replicationFactor,
                configs,
                List.of(),
                holds(source, configs),
                remarks);
    }

    /** For a topic that is already there, empty. FAIL designs like KEEP_TARGET; the caller asks {@link #drift} first. */
    TopicDesign adopt(TopicInventory source, TopicInventory target, ConfigDrift onDrift) {
        List<String> remarks = new ArrayList<>();
        boolean overwrite = onDrift == ConfigDrift.OVERWRITE_WITH_SOURCE;
        Map<String, String> configs = overwrite ? asOnSource(source, remarks) : new TreeMap<>(target.configs());
        if (!overwrite) {
            drift(source, target).forEach(difference -> remarks.add("kept as on the target: " + difference));
        }
        List<Hold> holds = holds(source, configs);
        Set<String> removed = new TreeSet<>(target.configs().keySet());
        removed.removeAll(configs.keySet());
        holds.forEach(hold -> removed.remove(hold.key()));
        return new TopicDesign(
                source.name(),
                TopicOrigin.FOUND,
                source.partitions().size(),
                target.replicationFactor(),
                configs,
                List.copyOf(removed),
                holds,
                remarks);
    }

    /** How the settings of a topic on the target differ from what the source's would come to, a sentence each. */
    List<String> drift(TopicInventory source, TopicInventory target) {
        Map<String, String> wanted = asOnSource(source, new ArrayList<>());
        Set<String> keys = new TreeSet<>(wanted.keySet());
        keys.addAll(target.configs().keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String fallback = defaults.getOrDefault(key, "");
            String there = target.configs().getOrDefault(key, fallback);
            String here = wanted.getOrDefault(key, fallback);
            if (!there.equals(here)) {
                differences.add(key + " is " + there + ", on the source " + here);
            }
        }
        return differences;
    }

    private Map<String, String> asOnSource(TopicInventory source, List<String> remarks) {
        Map<String, String> configs = new TreeMap<>();
        source.configs().forEach((key, value) -> {
            if (NAMING_BROKERS.contains(key)) {
                remarks.add(key + " is left out: it names brokers of the source");
            } else if (TIERED.matcher(key).matches() && hasNoTieredStorage()) {
                remarks.add(key + "=" + value + " is left out: the target has no tiered storage, its brokers' disks"
                        + " hold all that is retained");
            } else if (defaults.containsKey(key)) {
                configs.put(key, value);
            } else if (key.equals(TIMESTAMP_DIFFERENCE_MAX_MS)) {
                configs.putIfAbsent(TIMESTAMP_BEFORE_MAX_MS, value);
                configs.putIfAbsent(TIMESTAMP_AFTER_MAX_MS, value);
                remarks.add(key + "=" + value + " becomes " + TIMESTAMP_BEFORE_MAX_MS + " and " + TIMESTAMP_AFTER_MAX_MS
                        + ": the target's version split it");
            } else {
                remarks.add(key + "=" + value + " is left out: the target's version does not know it");
            }
        });
        keepLimits(source, configs);
        enlargeSegments(configs, remarks);
        for (String key : WORTH_A_REMARK) {
            String here = source.setting(key).orElse("");
            String there = configs.getOrDefault(key, defaults.getOrDefault(key, here));
            if (!here.isEmpty() && !source.configs().containsKey(key) && !here.equals(there)) {
                remarks.add(key + " will be " + there + " by the target's default, on the source " + here
                        + " by its default");
            }
        }
        return configs;
    }

    /** Only when a broker says so: one that does not tell may have it. */
    private boolean hasNoTieredStorage() {
        return brokers.stream()
                .map(broker -> broker.configs().or(Map.of()).get(BrokerSetting.REMOTE_STORAGE))
                .anyMatch("false"::equals);
    }

    /** Producers must not find smaller messages or weaker replication on the target than they are used to. */
    private void keepLimits(TopicInventory source, Map<String, String> configs) {
        source.setting(MAX_MESSAGE_BYTES)
                .filter(value -> Long.parseLong(value) > Long.parseLong(defaults.getOrDefault(MAX_MESSAGE_BYTES, "0")))
                .ifPresent(value -> configs.putIfAbsent(MAX_MESSAGE_BYTES, value));
        source.setting(MIN_INSYNC_REPLICAS)
                .filter(value -> !value.equals(defaults.get(MIN_INSYNC_REPLICAS)))
                .ifPresent(value -> configs.putIfAbsent(MIN_INSYNC_REPLICAS, value));
    }

    private void enlargeSegments(Map<String, String> configs, List<String> remarks) {
        String bytes = configs.get(SEGMENT_BYTES);
        if (bytes != null
                && Long.parseLong(bytes) < SMALLEST_SEGMENT_BYTES
                && release.map(known -> known.compareTo(LARGER_SEGMENTS) >= 0).orElse(false)) {
            configs.put(SEGMENT_BYTES, Long.toString(SMALLEST_SEGMENT_BYTES));
            remarks.add(SEGMENT_BYTES + "=" + bytes + " becomes " + SMALLEST_SEGMENT_BYTES
                    + ": the target's version refuses smaller segments");
        }
    }

    private List<Hold> holds(TopicInventory source, Map<String, String> configs) {
        Map<String, String> held = new TreeMap<>(Map.of(
                CLEANUP_POLICY, "delete",
                COMPRESSION_TYPE, "producer",
                MAX_MESSAGE_BYTES, Long.toString(largestBatch(source, configs)),
                RETENTION_BYTES, "-1",
                RETENTION_MS, "-1",
                TIMESTAMP_AFTER_MAX_MS, UNLIMITED_MILLIS,
                TIMESTAMP_BEFORE_MAX_MS, UNLIMITED_MILLIS,
                TIMESTAMP_DIFFERENCE_MAX_MS, UNLIMITED_MILLIS,
                TIMESTAMP_TYPE, "CreateTime"));
        List<Hold> holds = new ArrayList<>();
        held.forEach((key, value) -> {
            String otherwise = configs.getOrDefault(key, defaults.getOrDefault(key, value));
            if (!value.equals(otherwise)) {
                holds.add(new Hold(source.name(), kindOf(key), key, value, configs.get(key)));
            }
        });
        return holds;
    }

    private long largestBatch(TopicInventory source, Map<String, String> configs) {
        long onSource = source.setting(MAX_MESSAGE_BYTES).map(Long::parseLong).orElse(0L);
        String afterwards = configs.getOrDefault(MAX_MESSAGE_BYTES, defaults.getOrDefault(MAX_MESSAGE_BYTES, "0"));
        return Math.min(Integer.MAX_VALUE, Math.max(onSource + HEADROOM_BYTES, Long.parseLong(afterwards)));
    }

    private static HoldKind kindOf(String key) {
        return Set.of(CLEANUP_POLICY, RETENTION_BYTES, RETENTION_MS).contains(key) ? HoldKind.CLEANUP : HoldKind.WRITE;
    }
}
