package io.kraftlift.replicator;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes changed offset maps, many side by side: one after the other, a thousand writes to an object store would outlast
 * the lease, and at a drain the producers' patience.
 */
final class MapWrites implements AutoCloseable {
    /** A write takes about 30 ms in S3, so a thousand take about two seconds. */
    private static final int WRITERS = 16;

    private static final long RENEW_MILLIS = 250;

    private final LaneWork work;
    private final Lease lease;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS, MapWrites::daemon);

    MapWrites(LaneWork work, Lease lease) {
        this.work = work;
        this.lease = lease;
    }

    private static Thread daemon(Runnable writer) {
        Thread thread = new Thread(writer, "lane-maps");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Writes all of them, and renews the lease meanwhile. For the thread that keeps the lease.
     *
     * @throws TryAgain STORE_UNREACHABLE when one cannot be written; LANE_LOST when another worker may have taken the lane,
     *     whose maps must not be turned back
     */
    void write(List<Landing.ChangedMap> maps) {
        List<Future<?>> writes = new ArrayList<>(maps.size());
        maps.forEach(map -> writes.add(writers.submit(() -> write(map))));
        @Nullable Throwable failure = null;
        for (Future<?> write : writes) {
            try {
                await(write);
            } catch (ExecutionException e) {
                failure = failure == null ? e.getCause() : failure;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void write(Landing.ChangedMap map) {
        new StoreAttempts(work.surroundings()).run(() -> {
            if (!lease.holds()) {
                throw new TryAgain(
                        FailureName.LANE_LOST,
                        "lane " + work.plan().lane() + ": the lease ran out before the map of " + map.partition()
                                + " was written; this worker ends");
            }
            work.store().put(work.objects().offsetMap(map.partition()), ByteBuffer.wrap(map.content()));
            return true;
        });
    }

    private void await(Future<?> write) throws ExecutionException {
        while (true) {
            try {
                write.get(RENEW_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                lease.renew();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TryAgain(FailureName.STORE_UNREACHABLE, "interrupted while writing offset maps", e);
            }
        }
    }

    @Override
    public void close() {
        writers.shutdown();
    }
}
