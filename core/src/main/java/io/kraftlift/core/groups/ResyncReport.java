package io.kraftlift.core.groups;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups that went on reading the source after the cutover, {@code results/resync.json}.
 *
 * @param lastRoundAt when all groups of the source were last looked at
 * @param rounds looks so far
 * @param offsetsCommitted positions carried over by all rounds together
 * @param groups what was carried over last, of every group that moved
 */
public record ResyncReport(
        Instant lastRoundAt, long rounds, long offsetsCommitted, Map<GroupId, ResyncedGroup> groups) {
    public ResyncReport {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
    }

    /**
     * A group that moved.
     *
     * @param at the last round that carried something of it
     * @param report its positions that moved, as of then
     */
    public record ResyncedGroup(Instant at, GroupReport report) {}
}
