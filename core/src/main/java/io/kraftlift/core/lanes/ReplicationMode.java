package io.kraftlift.core.lanes;

/** When a worker's run of its lane is over. */
public enum ReplicationMode {
    /** Copies to each partition's {@code seedUntil}, then ends. */
    SEED,
    /** Copies on until the control object says STOP. */
    TAIL,
    /** Copies nothing: reads the target once and compares digests. */
    DIGEST
}
