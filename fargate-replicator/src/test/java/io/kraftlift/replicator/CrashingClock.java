package io.kraftlift.replicator;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A clock that kills its worker at a round of the sending thread, which asks for the time once in every round, after it
 * has taken in the target's answers and before it sends more. Safe for several threads.
 */
final class CrashingClock extends Clock {
    private final Clock clock = Clock.systemUTC();
    private final int round;
    private final Runnable beforeDeath;
    private final AtomicInteger rounds = new AtomicInteger();
    private volatile boolean crashed;

    /** The death. */
    static final class Crashed extends Error {
        private static final long serialVersionUID = 1L;

        Crashed(int round) {
            super("died in round " + round + " of the sending thread");
        }
    }

    /**
     * A worker that dies.
     *
     * @param round from 0
     * @param beforeDeath what is waited for between the round's begin and the death
     */
    CrashingClock(int round, Runnable beforeDeath) {
        this.round = round;
        this.beforeDeath = beforeDeath;
    }

    /** Whether the worker died; false means that it ended before so many rounds. */
    boolean crashed() {
        return crashed;
    }

    @Override
    public Instant instant() {
        boolean sending = Thread.currentThread().getName().endsWith("-send");
        if (sending && rounds.getAndIncrement() == round) {
            beforeDeath.run();
            crashed = true;
            throw new Crashed(round);
        }
        return clock.instant();
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return clock.withZone(zone);
    }
}
