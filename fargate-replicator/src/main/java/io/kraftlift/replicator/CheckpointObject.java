package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lane's checkpoint in the store, written only over the one that this run read or wrote last: a worker that was asleep
 * while a successor went on cannot turn it back.
 *
 * <p>Mutable, confined to one thread at a time.
 */
final class CheckpointObject {
    private final LaneWork work;
    private final ObjectKey key;
    private final StoreAttempts attempts;
    private @Nullable ObjectVersion version;

    CheckpointObject(LaneWork work) {
        this.work = work;
        this.key = work.objects().checkpoint(work.plan().lane());
        this.attempts = new StoreAttempts(work.surroundings());
    }

    /** The checkpoint that is there; one of segment -1 where there is none. */
    Checkpoint read() {
        Optional<StoredObject> there = attempts.run(() -> work.store().get(key));
        if (there.isEmpty()) {
            return new Checkpoint(Checkpoint.FORMAT, work.plan().lane(), -1, -1, Map.of(), List.of());
        }
        version = there.get().version();
        Checkpoint checkpoint = Documents.read(there.get().content(), Checkpoint.class, key.value());
        if (!checkpoint.lane().equals(work.plan().lane())) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    key + " is the checkpoint of lane " + checkpoint.lane() + "; nothing was changed");
        }
        return checkpoint;
    }

    /**
     * Replaces the checkpoint.
     *
     * @throws TryAgain LANE_LOST when another worker replaced it before
     */
    void write(Checkpoint checkpoint) {
        ByteBuffer content = ByteBuffer.wrap(Documents.write(checkpoint));
        boolean ours = attempts.run(() -> put(content) || isThere(content));
        if (!ours) {
            throw new TryAgain(
                    FailureName.LANE_LOST,
                    "lane " + work.plan().lane() + ": another worker wrote its checkpoint, and goes on; this one ends");
        }
    }

    private boolean put(ByteBuffer content) {
        if (version == null) {
            return work.store().putIfAbsent(key, content) && isThere(content);
        }
        Optional<ObjectVersion> replaced = work.store().replace(key, version, content);
        replaced.ifPresent(now -> version = now);
        return replaced.isPresent();
    }

    private boolean isThere(ByteBuffer content) {
        Optional<StoredObject> there = work.store().get(key);
        if (there.isPresent() && ByteBuffer.wrap(there.get().content()).equals(content)) {
            version = there.get().version();
            return true;
        }
        return false;
    }
}
