package io.kraftlift.testkit.stores;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.RetainingStore;
import io.kraftlift.core.stores.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object store in memory that remembers until when objects are locked, or refuses to lock. Guarded by its monitor. */
public final class LockingStore implements RetainingStore {
    private final ObjectStore objects = new InMemoryObjectStore();
    private final Map<ObjectKey, Instant> locks = new TreeMap<>();
    private final @Nullable FailureName refusal;

    /**
     * A store.
     *
     * @param refusal with which it refuses to lock; null when it locks
     */
    public LockingStore(@Nullable FailureName refusal) {
        this.refusal = refusal;
    }

    /** Until when each locked object is locked. */
    public synchronized Map<ObjectKey, Instant> locks() {
        return new TreeMap<>(locks);
    }

    @Override
    public synchronized boolean putRetained(ObjectKey key, ByteBuffer content, Instant until) {
        if (refusal != null) {
            throw new OperatorActionNeeded(refusal, key + " cannot be locked here; take a store that can");
        }
        boolean written = objects.putIfAbsent(key, content);
        if (written) {
            locks.put(key, until);
        }
        return written;
    }

    @Override
    public URI root() {
        return objects.root();
    }

    @Override
    public synchronized boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return objects.putIfAbsent(key, content);
    }

    @Override
    public synchronized void put(ObjectKey key, ByteBuffer content) {
        objects.put(key, content);
    }

    @Override
    public synchronized Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return objects.replace(key, expected, content);
    }

    @Override
    public synchronized Optional<StoredObject> get(ObjectKey key) {
        return objects.get(key);
    }

    @Override
    public synchronized Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        return objects.getRange(key, offset, length);
    }

    @Override
    public synchronized List<ObjectSummary> list(ObjectKey prefix) {
        return objects.list(prefix);
    }
}
