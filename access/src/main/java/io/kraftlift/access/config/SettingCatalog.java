package io.kraftlift.access.config;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.ValidationMode;
import java.net.URI;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every setting with its type, bounds and default: the one place that knows them. */
final class SettingCatalog {
    static final ClusterKeys SOURCE = ClusterKeys.below("source");
    static final ClusterKeys TARGET = ClusterKeys.below("target");

    private static final ValueType<String> TOPIC_GLOB = ValueType.text(
            Pattern.compile("[A-Za-z0-9._*?-]{1,249}"), "topic names or patterns with * and ?", "orders-*");
    static final Setting<String> TOPICS_INCLUDE = Setting.list("topics.include", TOPIC_GLOB);
    static final Setting<String> TOPICS_EXCLUDE = Setting.list("topics.exclude", TOPIC_GLOB);

    static final StoreKeys BACKUP = StoreKeys.below("backup");
    static final StoreKeys EVIDENCE = StoreKeys.below("evidence");
    static final Setting<Period> EVIDENCE_RETENTION = Setting.of("evidence.retention", ValueType.period(), "7y");
    static final Setting<String> SIGNING_KEY_PATH =
            Setting.of("evidence.signing_key_path", ValueType.anyText("a path", "/etc/kraftlift/signing-key.pem"));
    static final Setting<Secret> SIGNING_KEY = Setting.secret(
            "evidence.signing_key",
            ValueType.secret("${secret:arn:aws:secretsmanager:us-east-1:123456789012:secret:kraftlift-AbCdEf#pem}"));

    static final Setting<Long> MAX_CONCURRENT_PARTITIONS =
            Setting.of("seed.max_concurrent_partitions", ValueType.wholeNumber(1, 1_000), "4");
    static final Setting<ByteSize> SEGMENT_MAX_BYTES =
            Setting.of("seed.segment_max_bytes", ValueType.size("1MiB", "1GiB"), "32MiB");
    /** Four tasks of one vCPU fit into the six that a new account may run on Fargate. */
    static final Setting<Long> WORKERS = Setting.of("seed.workers", ValueType.wholeNumber(1, 40), "4");

    static final Setting<ByteSize> MAX_BYTES_PER_SECOND =
            Setting.of("seed.max_bytes_per_second", ValueType.size("64KiB", "1TiB"));

    static final Setting<ConfigDrift> ON_CONFIG_DRIFT =
            Setting.of("topology.on_config_drift", ValueType.oneOf(ConfigDrift.values()), "overwrite_with_source");

    static final Setting<Duration> DRAIN_TIMEOUT =
            Setting.of("cutover.drain_timeout", ValueType.duration("1s", "7d"), "30m");
    static final Setting<Long> DRAIN_MAX_PARTITION_LAG =
            Setting.of("cutover.drain_max_partition_lag", ValueType.wholeNumber(0, 1_000_000_000), "100");
    static final Setting<Duration> DRAIN_STABLE_WINDOW =
            Setting.of("cutover.drain_stable_window", ValueType.duration("0s", "1h"), "30s");
    static final Setting<Duration> MAX_PRODUCER_FREEZE =
            Setting.of("cutover.max_producer_freeze", ValueType.duration("1s", "1h"), "60s");
    static final Setting<URI> PRODUCER_FREEZE_WEBHOOK =
            Setting.of("cutover.producer_freeze_webhook", ValueType.webAddress());
    static final Setting<Secret> WEBHOOK_SECRET =
            Setting.secret("cutover.webhook_secret", ValueType.secret("${WEBHOOK_SECRET}"));
    static final Setting<SentinelKind> SENTINEL =
            Setting.of("cutover.sentinel", ValueType.oneOf(SentinelKind.values()), "record");
    /** A state of Step Functions may wait for a year at most. */
    static final Setting<Duration> APPROVAL_TIMEOUT =
            Setting.of("cutover.approval_timeout", ValueType.duration("1s", "365d"), "7d");

    static final Setting<ValidationMode> VALIDATION_MODE =
            Setting.of("validation.mode", ValueType.oneOf(ValidationMode.values()), "full");
    static final Setting<Long> COUNT_TOLERANCE =
            Setting.of("validation.count_tolerance", ValueType.wholeNumber(0, 1_000_000_000), "1");
    static final Setting<Long> SPOT_CHECK_RECORDS =
            Setting.of("validation.spot_check_records_per_partition", ValueType.wholeNumber(1, 10_000), "3");

    static final Setting<AclDrift> ACL_ON_DRIFT =
            Setting.of("acl.on_drift", ValueType.oneOf(AclDrift.values()), "merge");

    /** What the design's settings have and this version has not, with why. */
    static final Map<String, String> NOT_YET = Map.of(
            "cutover.reverse_replication_enabled", "this version does not copy from the target back to the source");

    private static final Map<String, Setting<?>> BY_PATH = index();

    private SettingCatalog() {}

    /** Every setting, by path. */
    static Map<String, Setting<?>> byPath() {
        return BY_PATH;
    }

    /** Whether settings stand below the path. */
    static boolean isSection(String path) {
        return BY_PATH.keySet().stream().anyMatch(known -> known.startsWith(path + "."));
    }

    /** The names that may stand in a section, whose path is empty for the root. */
    static List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return BY_PATH.keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()))
                .map(rest -> rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest)
                .distinct()
                .toList();
    }

    private static Map<String, Setting<?>> index() {
        Map<String, Setting<?>> byPath = new TreeMap<>();
        Stream.of(
                        SOURCE.all(),
                        TARGET.all(),
                        BACKUP.all(),
                        EVIDENCE.all(),
                        List.<Setting<?>>of(
                                TOPICS_INCLUDE,
                                TOPICS_EXCLUDE,
                                EVIDENCE_RETENTION,
                                SIGNING_KEY_PATH,
                                SIGNING_KEY,
                                MAX_CONCURRENT_PARTITIONS,
                                SEGMENT_MAX_BYTES,
                                WORKERS,
                                MAX_BYTES_PER_SECOND,
                                ON_CONFIG_DRIFT,
                                DRAIN_TIMEOUT,
                                DRAIN_MAX_PARTITION_LAG,
                                DRAIN_STABLE_WINDOW,
                                MAX_PRODUCER_FREEZE,
                                PRODUCER_FREEZE_WEBHOOK,
                                WEBHOOK_SECRET,
                                SENTINEL,
                                APPROVAL_TIMEOUT,
                                VALIDATION_MODE,
                                COUNT_TOLERANCE,
                                SPOT_CHECK_RECORDS,
                                ACL_ON_DRIFT))
                .flatMap(List::stream)
                .forEach(setting -> byPath.put(setting.path(), setting));
        return byPath;
    }
}
