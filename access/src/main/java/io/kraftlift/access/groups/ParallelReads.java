package io.kraftlift.access.groups;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Does many small waits side by side: one after the other, a thousand reads of an object store would take longer than
 * producers can be frozen.
 */
public final class ParallelReads implements AutoCloseable {
    /** A read takes about 20 ms in S3, so 32 at once read 1,000 objects in about 0.6 s. */
    private static final int READERS = 32;

    private final ExecutorService readers = Executors.newFixedThreadPool(READERS);

    /** What {@code reader} finds for each key; keys for which it finds nothing are left out. */
    public <K, V> Map<K, V> read(Collection<K> keys, Function<K, Optional<V>> reader) throws InterruptedException {
        Map<K, Future<Optional<V>>> answers = new LinkedHashMap<>();
        keys.forEach(key -> answers.put(key, readers.submit(() -> reader.apply(key))));
        Map<K, V> found = new LinkedHashMap<>();
        for (Map.Entry<K, Future<Optional<V>>> answer : answers.entrySet()) {
            await(answer.getKey(), answer.getValue()).ifPresent(value -> found.put(answer.getKey(), value));
        }
        return found;
    }

    private static <K, V> Optional<V> await(K key, Future<Optional<V>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KraftliftFailure failure) {
                throw failure;
            }
            throw new InvariantBroken(FailureName.DEFECT, key + ": reading failed", e);
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
