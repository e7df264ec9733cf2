package io.kraftlift.local.states;

import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands until it is advanced, and the sleeper that goes by it. Guarded by itself. */
final class ManualTime extends Clock implements Sleeper {
    private final List<Duration> asleep = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @Override
    public synchronized void sleep(Duration duration) throws InterruptedException {
        Instant due = now.plus(duration);
        asleep.add(duration);
        try {
            while (now.isBefore(due)) {
                wait();
            }
        } finally {
            asleep.remove(duration);
        }
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
        notifyAll();
    }

    /** Waits until somebody sleeps for exactly that long, then lets that much time pass. */
    void passWhenSleeping(Duration duration) {
        awaitSleeping(duration);
        advance(duration);
    }

    void awaitSleeping(Duration duration) {
        await("somebody sleeps for " + duration).atMost(Duration.ofSeconds(10)).until(() -> sleeping(duration));
    }

    private synchronized boolean sleeping(Duration duration) {
        return asleep.contains(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("this clock is always in UTC");
    }
}
