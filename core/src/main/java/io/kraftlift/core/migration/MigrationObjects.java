package io.kraftlift.core.migration;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import java.util.Locale;

/**
 * Where the objects of one migration lie in the backup store and in the evidence store. The whole layout; nothing else
 * makes keys.
 */
public record MigrationObjects(MigrationId migration) {
    /** Segment numbers and journal numbers have this many digits, so that listings are in order. */
    private static final String NUMBER = "%012d";

    public ObjectKey plan(String artifact) {
        return key("plan/" + artifact);
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

    public ObjectKey checkpoint(LaneId lane) {
        return key("checkpoints/" + lane + ".json");
    }

    public ObjectKey control() {
        return key("control/desired.json");
    }

    public ObjectKey status(LaneId lane) {
        return key("status/" + lane + ".json");
    }

    public ObjectKey gate(String gate) {
        return key("gates/" + gate + ".json");
    }

    public ObjectKey result(String state) {
        return key("results/" + state + ".json");
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
