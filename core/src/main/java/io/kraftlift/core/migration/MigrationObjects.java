package io.kraftlift.core.migration;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.util.Locale;

/**
 * Where the objects of one migration lie in the backup store and in the evidence store. The whole layout; nothing else
 * makes keys.
 */
public record MigrationObjects(MigrationId migration) {
    /** Segment numbers and journal numbers have this many digits, so that listings are in order. */
    private static final String NUMBER = "%012d";

    /** A configuration file as executions refer to it; named by its digest, so that none is ever replaced. */
    public ObjectKey configuration(Sha256 digest) {
        return key("configurations/" + digest + ".yaml");
    }

    /** The prefix of the plan's artifacts. */
    public ObjectKey plans() {
        return key("plan");
    }

    public ObjectKey plan(String artifact) {
        return plans().resolve(artifact);
    }

    /** The prefix of the plan's extensions. */
    public ObjectKey extensions() {
        return plans().resolve("extensions");
    }

    public ObjectKey extension(long number) {
        return extensions().resolve(String.format(Locale.ROOT, NUMBER, number) + ".json");
    }

    /** The prefix of a lane's segments. */
    public ObjectKey lane(LaneId lane) {
        return key("lanes/" + lane);
    }

    public ObjectKey segment(LaneId lane, long number) {
        return lane(lane).resolve(String.format(Locale.ROOT, NUMBER, number) + ".seg");
    }

    public ObjectKey laneLease(LaneId lane) {
        return key("leases/lane-" + lane + ".json");
    }

    public ObjectKey offsetMap(PartitionId partition) {
        return key("offsets/" + partition.topic() + "/" + partition.index() + ".map");
    }

    /** The prefix of the lanes' checkpoints. */
    public ObjectKey checkpoints() {
        return key("checkpoints");
    }

    public ObjectKey checkpoint(LaneId lane) {
        return checkpoints().resolve(lane + ".json");
    }

    public ObjectKey control() {
        return key("control/desired.json");
    }

    public ObjectKey status(LaneId lane) {
        return key("status/" + lane + ".json");
    }

    /** The prefix of the gates' objects. Those that are not decisions hold task tokens. */
    public ObjectKey gates() {
        return key("gates");
    }

    public ObjectKey gate(String gate) {
        return gates().resolve(gate + ".json");
    }

    /** The prefix of the states' results. */
    public ObjectKey results() {
        return key("results");
    }

    public ObjectKey result(String state) {
        return results().resolve(state + ".json");
    }

    public ObjectKey laneResult(ReplicationMode mode, LaneId lane) {
        return result(mode.name().toLowerCase(Locale.ROOT) + "-" + lane);
    }

    /** The prefix of the journal's entries. */
    public ObjectKey journal() {
        return key("journal");
    }

    public ObjectKey journalEntry(long number) {
        return journal().resolve(String.format(Locale.ROOT, NUMBER, number) + ".json");
    }

    public ObjectKey lease() {
        return key("lease.json");
    }

    /** In the evidence store. */
    public ObjectKey evidence(String document) {
        return key(document);
    }

    private ObjectKey key(String below) {
        return new ObjectKey(migration + "/" + below);
    }
}
