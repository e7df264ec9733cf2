package io.kraftlift.local.states;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Calls back when a moment has come, on a thread of its own, unless it is closed before. */
final class Alarm implements AutoCloseable {
    private final Thread thread;

    private Alarm(Thread thread) {
        this.thread = thread;
        thread.start();
    }

    /** Rings once, after that much time. */
    static Alarm after(Duration delay, Surroundings surroundings, Runnable ring) {
        Instant due = surroundings.clock().instant().plus(delay);
        return at(() -> due, surroundings, ring);
    }

    /** Rings once {@code due} has passed; {@code due} is asked again after each sleep, so that it may move. */
    static Alarm at(Supplier<Instant> due, Surroundings surroundings, Runnable ring) {
        ThreadFactory threads = surroundings.threads();
        return new Alarm(threads.newThread(() -> {
            try {
                Duration left = Duration.between(surroundings.clock().instant(), due.get());
                while (left.compareTo(Duration.ZERO) > 0) {
                    surroundings.sleeper().sleep(left);
                    left = Duration.between(surroundings.clock().instant(), due.get());
                }
                ring.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
