package io.kraftlift.testkit.stores;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A view of a store in which calls fail by chance, as those to a real one may at any time. What happens follows from the
 * seed and the order of the calls. Safe for several threads.
 */
public final class FaultyStore implements ObjectStore {
    /** What may happen to a call. */
    public enum Fault {
        /** The call has no effect, and fails. */
        REFUSED,
        /** The call takes its time, and succeeds. */
        SLOW,
        /** A write ends half-way, leaves its traces, and fails. Reads are refused. */
        HALF_WAY,
        /** The call has its effect, but its answer gets lost. */
        ANSWER_LOST
    }

    /** Leaves behind what a write leaves that ends half-way. */
    @FunctionalInterface
    public interface HalfWrite {
        void leave(ObjectKey key, ByteBuffer half);
    }

    private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    private final ObjectStore store;
    private final Random random;
    private final double chance;
    private final HalfWrite halfWrite;
    private final Map<Fault, Integer> happened = new EnumMap<>(Fault.class);

    /**
     * A view that fails.
     *
     * @param chance of a call to suffer any fault, from 0 to 1
     */
    public FaultyStore(ObjectStore store, long seed, double chance, HalfWrite halfWrite) {
        this.store = store;
        this.random = new Random(seed);
        this.chance = chance;
        this.halfWrite = halfWrite;
    }

    /** How often each fault happened so far. */
    public synchronized Map<Fault, Integer> happened() {
        return Map.copyOf(happened);
    }

    private synchronized Optional<Fault> next() {
        if (random.nextDouble() >= chance) {
            return Optional.empty();
        }
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        happened.merge(fault, 1, Integer::sum);
        return Optional.of(fault);
    }

    private interface Call<T> {
        T run();
    }

    private <T> T reading(ObjectKey key, Call<T> call) {
        return calling(key, call, () -> {});
    }

    private <T> T writing(ObjectKey key, ByteBuffer content, Call<T> call) {
        return calling(
                key,
                call,
                () -> halfWrite.leave(
                        key,
                        content.slice(content.position(), content.remaining() / 2)
                                .asReadOnlyBuffer()));
    }

    private <T> T calling(ObjectKey key, Call<T> call, Runnable half) {
        Optional<Fault> fault = next();
        if (fault.isEmpty()) {
            return call.run();
        }
        switch (fault.get()) {
            case REFUSED -> {}
            case SLOW -> {
                LockSupport.parkNanos(SLOW_NANOS);
                return call.run();
            }
            case HALF_WAY -> half.run();
            case ANSWER_LOST -> call.run();
        }
        throw new TryAgain(FailureName.STORE_UNREACHABLE, key + ": " + fault.get() + " as the test wants it");
    }

    @Override
    public URI root() {
        return store.root();
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, ByteBuffer content) {
        return writing(key, content, () -> store.putIfAbsent(key, content));
    }

    @Override
    public void put(ObjectKey key, ByteBuffer content) {
        writing(key, content, () -> {
            store.put(key, content);
            return true;
        });
    }

    @Override
    public Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content) {
        return writing(key, content, () -> store.replace(key, expected, content));
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        return reading(key, () -> store.get(key));
    }

    @Override
    public Optional<byte[]> getRange(ObjectKey key, long offset, int length) {
        return reading(key, () -> store.getRange(key, offset, length));
    }

    @Override
    public List<ObjectSummary> list(ObjectKey prefix) {
        return reading(prefix, () -> store.list(prefix));
    }
}
