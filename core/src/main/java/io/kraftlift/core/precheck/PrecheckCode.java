package io.kraftlift.core.precheck;

import static io.kraftlift.core.precheck.Severity.BLOCKER;
import static io.kraftlift.core.precheck.Severity.INFO;
import static io.kraftlift.core.precheck.Severity.WARNING;

/** Everything that a precheck can find. Each code has an article in {@code docs/precheck-codes.md}. */
public enum PrecheckCode {
    B03(BLOCKER, "Source is not in ZooKeeper mode"),
    B04(BLOCKER, "Target is not in KRaft mode"),
    B05(BLOCKER, "Source and target are the same cluster"),
    B06(BLOCKER, "Target is older than Kafka 3.7"),
    B07(BLOCKER, "Backup store is not writable"),
    B08(BLOCKER, "Evidence store is not writable"),
    B09(BLOCKER, "Source brokers cannot be reached or refuse"),
    B10(BLOCKER, "Target brokers cannot be reached or refuse"),
    B11(BLOCKER, "Target's message.max.bytes is too small"),
    B13(BLOCKER, "Topic on the target stands in the way"),
    B14(BLOCKER, "Replication factor is above the target's broker count"),
    B18(BLOCKER, "Hanging transaction on the source"),
    B20(BLOCKER, "Metadata mode cannot be told"),
    W01(WARNING, "Target has fewer brokers"),
    W02(WARNING, "Partitions are under-replicated or offline"),
    W04(WARNING, "Target's message size limit could not be read"),
    W05(WARNING, "Compacted topics"),
    W08(WARNING, "Groups without positions to move"),
    W09(WARNING, "Stateful applications"),
    W10(WARNING, "Topics with append time"),
    W11(WARNING, "Topics of an old message format"),
    W13(WARNING, "Unclean leader election is on"),
    I03(INFO, "Internal topics are skipped");

    private final Severity severity;
    private final String title;

    PrecheckCode(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    public Severity severity() {
        return severity;
    }

    /** A heading: {@code docs/precheck-codes.md} has it after the code. */
    public String title() {
        return title;
    }
}
