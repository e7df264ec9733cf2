package io.kraftlift.replicator;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Works on several shares at once, a thread each. */
final class SideBySide {
    private SideBySide() {}

    /**
     * Works on every share, and waits for all. When one fails the threads of the others are interrupted, and its failure
     * is thrown.
     *
     * @throws RuntimeException what the first failing share threw
     */
    static <T> void run(String name, List<T> shares, Consumer<T> work) {
        if (shares.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(shares.size(), task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Boolean> done = new ExecutorCompletionService<>(threads);
            for (T share : shares) {
                Future<Boolean> unused = done.submit(() -> work.accept(share), true);
            }
            for (int left = shares.size(); left > 0; left--) {
                done.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new InvariantBroken(FailureName.DEFECT, name + ": a share failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.BROKER_UNREACHABLE, name + ": interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Ends a share whose result nobody waits for any more.
     *
     * @throws CancellationException when this thread was interrupted
     */
    static void requireWanted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("another share failed");
        }
    }
}
