package io.kraftlift.testkit.crashes;

import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A view of a store whose user dies at its n-th write: from then on every call throws {@link Crashed}, so that nothing of
 * the user reaches the store any more. Safe for several threads.
 */
public final class CrashAfter implements ObjectStore {
    /** Whether the write at which the user dies still happens. */
    public enum Moment {
        BEFORE_THE_WRITE,
        AFTER_THE_WRITE
    }

    /** The death. Nobody catches it but the test. */
    public static final class Crashed extends Error {
        private static final long serialVersionUID = 1L;

        Crashed(int write) {
            super("died at write " + write);
        }
    }

    private final ObjectStore store;
    private final int write;
    private final Moment moment;
    private final Predicate<ObjectKey> counted;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean dead;

    /**
     * A user that dies at a write.
     *
     * @param write the number of the write, from 0
     * @param counted which keys' writes count; the others never kill
     */
    public CrashAfter(ObjectStore store, int write, Moment moment, Predicate<ObjectKey> counted) {
        this.store = store;
        this.write = write;
        this.moment = moment;
        this.counted = counted;
    }

    /** Whether the user died; false means that it ended before so many writes. */
    public boolean crashed() {
        return dead;
    }

    private interface Call<T> {
        T run();
    }

    private <T> T writing(ObjectKey key, Call<T> call) {
        requireAlive();
        if (!counted.test(key) || writes.getAndIncrement() != write) {
            return call.run();
        }
        if (moment == Moment.AFTER_THE_WRITE) {
            call.run();
        }
        dead = true;
        throw new Crashed(write);
    }

    private void requireAlive() {
        if (dead) {
            throw new Crashed(write);
        }
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return writing(key, () -> store.putIfAbsent(key, content));
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        writing(key, () -> {
            store.put(key, content);
            return true;
        });
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return writing(key, () -> store.replace(key, expected, content));
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        requireAlive();
        return store.get(key);
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        requireAlive();
        return store.getRange(key, offset, length);
    }

    @Override
    public List<ObjectSummary> list(ObjectKey prefix) {
        requireAlive();
        return store.list(prefix);
    }
}
