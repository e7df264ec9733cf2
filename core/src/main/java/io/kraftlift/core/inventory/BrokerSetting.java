package io.kraftlift.core.inventory;

import java.util.Set;

/** The broker settings that an inventory keeps. */
public final class BrokerSetting {
    public static final String MESSAGE_MAX_BYTES = "message.max.bytes";
    public static final String REPLICA_FETCH_MAX_BYTES = "replica.fetch.max.bytes";
    public static final String INTER_BROKER_PROTOCOL_VERSION = "inter.broker.protocol.version";
    /** Whether the cluster has tiered storage. */
    public static final String REMOTE_STORAGE = "remote.log.storage.system.enable";

    public static final String TRANSACTION_MAX_TIMEOUT_MS = "transaction.max.timeout.ms";

    public static final Set<String> ALL = Set.of(
            MESSAGE_MAX_BYTES,
            REPLICA_FETCH_MAX_BYTES,
            INTER_BROKER_PROTOCOL_VERSION,
            REMOTE_STORAGE,
            TRANSACTION_MAX_TIMEOUT_MS);

    private BrokerSetting() {}
}
