package io.kraftlift.replicator;

import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A view of a store that lets a test do something just before each write. */
final class HookedStore implements ObjectStore {
    private final ObjectStore store;
    private final Consumer<ObjectKey> beforeWrite;

    HookedStore(ObjectStore store, Consumer<ObjectKey> beforeWrite) {
        this.store = store;
        this.beforeWrite = beforeWrite;
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        beforeWrite.accept(key);
        return store.putIfAbsent(key, content);
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        beforeWrite.accept(key);
        store.put(key, content);
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        beforeWrite.accept(key);
        return store.replace(key, expected, content);
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return store.get(key);
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        return store.getRange(key, offset, length);
    }

    @Override
    public List<ObjectSummary> list(ObjectKey prefix) {
        return store.list(prefix);
    }
}
