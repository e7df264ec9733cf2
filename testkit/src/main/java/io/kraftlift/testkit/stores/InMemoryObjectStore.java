package io.kraftlift.testkit.stores;

import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An object store in memory, for tests. Guarded by its monitor. */
public final class InMemoryObjectStore implements ObjectStore {
    private final TreeMap<ObjectKey, byte[]> objects = new TreeMap<>();

    @Override
    public URI root() {
        return URI.create("memory:///");
    }

    @Override
    public synchronized boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return objects.putIfAbsent(key, bytesOf(content)) == null;
    }

    @Override
    public synchronized void put(ObjectKey key, ByteBuffer content) {
        objects.put(key, bytesOf(content));
    }

    @Override
    public synchronized Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        byte[] now = objects.get(key);
        if (now == null || !versionOf(now).equals(expected)) {
            return Optional.empty();
        }
        byte[] bytes = bytesOf(content);
        objects.put(key, bytes);
        return Optional.of(versionOf(bytes));
    }

    @Override
    public synchronized Optional<StoredObject> get(ObjectKey key) {
        return Optional.ofNullable(objects.get(key)).map(bytes -> new StoredObject(bytes.clone(), versionOf(bytes)));
    }

    @Override
    public synchronized Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        if (offset < 0 || length < 1) {
            throw new IllegalArgumentException(
                    key + ": a range must start at 0 or above and have a byte, was " + offset + " x " + length);
        }
        return Optional.ofNullable(objects.get(key)).map(bytes -> {
            int from = (int) Math.min(offset, bytes.length);
            return Arrays.copyOfRange(bytes, from, (int) Math.min(bytes.length, (long) from + length));
        });
    }

    @Override
    public synchronized List<ObjectSummary> list(ObjectKey prefix) {
        List<ObjectSummary> found = new ArrayList<>();
        for (Map.Entry<ObjectKey, byte[]> entry : objects.entrySet()) {
            if (entry.getKey().value().startsWith(prefix.value() + "/")) {
                found.add(new ObjectSummary(entry.getKey(), entry.getValue().length));
            }
        }
        return found;
    }

    private static byte[] bytesOf(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    private static ObjectVersion versionOf(byte[] bytes) {
        return new ObjectVersion(Sha256.of(bytes).hex());
    }
}
