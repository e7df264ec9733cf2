package io.kraftlift.core.migration;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.util.Locale;

/**
 * Where the objects of one migration lie in the backup store and in the evidence store. The whole layout; nothing else
 * makes keys. Nothing is ever deleted: what is done after a restart lies in a folder of its own, and only the lease and the
 * journal are the same for all of them.
 *
 * @param restart how often the migration was begun anew on a cleared target, from 0
 */
public record MigrationObjects(MigrationId migration, int restart) {
    /** Segment numbers and journal numbers have this many digits, so that listings are in order. */
    private static final String NUMBER = "%012d";

    public MigrationObjects {
        if (restart < 0) {
            throw new IllegalArgumentException("restart: must be at least 0, was " + restart);
        }
    }

    /** Those of a migration that was never begun anew. */
    public MigrationObjects(MigrationId migration) {
        this(migration, 0);
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

    /** The prefix of the lanes' leases. */
    public ObjectKey laneLeases() {
        return key("leases");
    }

    public ObjectKey laneLease(LaneId lane) {
        return laneLeases().resolve("lane-" + lane + ".json");
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

    /** The prefix of the lanes' statuses. */
    public ObjectKey statuses() {
        return key("status");
    }

    public ObjectKey status(LaneId lane) {
        return statuses().resolve(lane + ".json");
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
        return shared("journal");
    }

    public ObjectKey journalEntry(long number) {
        return journal().resolve(String.format(Locale.ROOT, NUMBER, number) + ".json");
    }

    /** A configuration file that a command has put there for a run to refer to. */
    public ObjectKey configuration(Sha256 digest) {
        return shared("configurations/" + digest.hex() + ".yaml");
    }

    public ObjectKey lease() {
        return shared("lease.json");
    }

    /** In the evidence store. */
    public ObjectKey evidence(String document) {
        return shared(document);
    }

    /** In the evidence store: the account of a rollback, one for every restart that was rolled back. */
    public ObjectKey rollback() {
        return evidence(restart == 0 ? "rollback.json" : "rollback-" + (restart + 1) + ".json");
    }

    private ObjectKey key(String below) {
        return shared(restart == 0 ? below : "restarts/" + restart + "/" + below);
    }

    private ObjectKey shared(String below) {
        return new ObjectKey(migration + "/" + below);
    }
}
