package io.kraftlift.replicator;

import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A view of a store with leases of its own: every worker with such a view believes that the lane is its alone. */
final class PrivateLease implements ObjectStore {
    private final ObjectStore shared;
    private final ObjectStore leases = new InMemoryObjectStore();

    PrivateLease(ObjectStore shared) {
        this.shared = shared;
    }

    private ObjectStore of(ObjectKey key) {
        return key.value().contains("/leases/") ? leases : shared;
    }

    @Override
    public URI root() {
        return shared.root();
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return of(key).putIfAbsent(key, content);
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        of(key).put(key, content);
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return of(key).replace(key, expected, content);
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return of(key).get(key);
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        return of(key).getRange(key, offset, length);
    }

    @Override
    public List<ObjectSummary> list(ObjectKey prefix) {
        return of(prefix).list(prefix);
    }
}
