package io.kraftlift.core.inventory;

import java.util.Set;

/** The topic settings that this program treats by name. */
public final class TopicSetting {
    public static final String CLEANUP_POLICY = "cleanup.policy";
    public static final String COMPRESSION_TYPE = "compression.type";
    public static final String MAX_MESSAGE_BYTES = "max.message.bytes";
    /** Until Kafka 3.x; brokers with an inter.broker.protocol.version below 3.0 obey it. */
    public static final String MESSAGE_FORMAT_VERSION = "message.format.version";

    public static final String MIN_INSYNC_REPLICAS = "min.insync.replicas";
    public static final String RETENTION_BYTES = "retention.bytes";
    public static final String RETENTION_MS = "retention.ms";
    public static final String SEGMENT_BYTES = "segment.bytes";
    public static final String TIMESTAMP_AFTER_MAX_MS = "message.timestamp.after.max.ms";
    public static final String TIMESTAMP_BEFORE_MAX_MS = "message.timestamp.before.max.ms";
    /** Both limits in one, until Kafka 3.x. */
    public static final String TIMESTAMP_DIFFERENCE_MAX_MS = "message.timestamp.difference.max.ms";

    public static final String TIMESTAMP_TYPE = "message.timestamp.type";
    public static final String UNCLEAN_LEADER_ELECTION = "unclean.leader.election.enable";

    /** The settings whose effective values an inventory keeps. */
    public static final Set<String> KEPT = Set.of(
            CLEANUP_POLICY,
            COMPRESSION_TYPE,
            MAX_MESSAGE_BYTES,
            MESSAGE_FORMAT_VERSION,
            MIN_INSYNC_REPLICAS,
            RETENTION_BYTES,
            RETENTION_MS,
            TIMESTAMP_AFTER_MAX_MS,
            TIMESTAMP_BEFORE_MAX_MS,
            TIMESTAMP_DIFFERENCE_MAX_MS,
            TIMESTAMP_TYPE,
            UNCLEAN_LEADER_ELECTION);

    private TopicSetting() {}
}
