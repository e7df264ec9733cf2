package io.kraftlift.local.workload;

import java.util.Map;

/** The topics of the demo: 14, with 66 partitions. */
enum DemoTopic {
    ORDERS("demo.orders", 8, "lz4", 22, Map.of("retention.ms", "604800000"), "JSON, lz4"),
    PAYMENTS(
            "demo.payments",
            8,
            "zstd",
            18,
            Map.of("max.message.bytes", "2097152"),
            "JSON, zstd, larger messages allowed"),
    CLICKS("demo.clicks", 6, "gzip", 15, Map.of("retention.ms", "1209600000"), "JSON, gzip"),
    TELEMETRY("demo.telemetry", 6, "snappy", 15, Map.of("retention.bytes", "1073741824"), "JSON, snappy"),
    RAW_EVENTS("demo.raw-events", 6, "none", 11, Map.of("retention.ms", "-1"), "JSON, not compressed"),
    CUSTOMERS("demo.customers", 4, "lz4", 7, Map.of("cleanup.policy", "compact"), "compacted: offsets have holes"),
    SESSIONS(
            "demo.sessions",
            4,
            "gzip",
            2,
            Map.of("cleanup.policy", "compact,delete", "retention.ms", "2592000000"),
            "compacted and deleted, gzip"),
    LEDGER("demo.ledger", 4, "zstd", 4, Map.of("retention.ms", "-1"), "interleaved transactions, some aborted"),
    AUDIT("demo.audit", 4, "none", 2, Map.of("min.insync.replicas", "1"), "log start above zero"),
    DOCUMENTS("demo.documents", 2, "lz4", 2, Map.of("max.message.bytes", "1048588"), "records of 1 byte to 900 KB"),
    GATEWAY_LOG(
            "demo.gateway-log",
            4,
            "none",
            2,
            Map.of("message.timestamp.type", "LogAppendTime", "compression.type", "lz4"),
            "the broker sets time and codec"),
    EDGE_CASES(
            "demo.edge-cases",
            3,
            "none",
            0,
            Map.of("retention.ms", "-1"),
            "tombstones, empty values, null keys, empty headers and null header values"),
    EMPTY("demo.empty", 3, "none", 0, Map.of(), "without records"),
    LIVE(LiveProducer.TOPIC, 4, "none", 0, Map.of(), "what live applications write and read");

    private final String topic;
    private final int partitions;
    private final String codec;
    private final int percent;

    @SuppressWarnings("ImmutableEnumChecker") // Map.of cannot be changed
    private final Map<String, String> configs;

    private final String about;

    DemoTopic(String topic, int partitions, String codec, int percent, Map<String, String> configs, String about) {
        this.topic = topic;
        this.partitions = partitions;
        this.codec = codec;
        this.percent = percent;
        this.configs = configs;
        this.about = about;
    }

    String topic() {
        return topic;
    }

    int partitions() {
        return partitions;
    }

    String codec() {
        return codec;
    }

    /** This topic's part of the logical bytes. */
    long bytesOf(DemoScale scale) {
        return scale.logicalBytes() * percent / 100;
    }

    Map<String, String> configs() {
        return configs;
    }

    String about() {
        return about;
    }
}
