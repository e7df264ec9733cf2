package io.kraftlift.brokers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a forked server answers. */
final class Readiness {
    /** A start takes 2 to 6 s alone; a machine whose two cores are shared by many builds needs this much room. */
    static final Duration START = Duration.ofMinutes(3);

    private static final long POLL_MILLIS = 50;
    private static final int TAIL_LINES = 30;

    private Readiness() {}

    /**
     * Returns when the answer is yes.
     *
     * @throws BrokerStartFailed when the process ends first, or the time passes
     */
    static void await(ForkedJvm server, BooleanSupplier ready) {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready.getAsBoolean()) {
            if (!server.isAlive()) {
                throw failed(server, "ended with exit code " + server.onExit().join() + " before it was ready");
            }
            if (System.nanoTime() > deadline) {
                throw failed(server, "was not ready within " + START);
            }
            pause(server);
        }
    }

    static BrokerStartFailed failed(ForkedJvm server, String what) {
        return new BrokerStartFailed(
                server + " " + what + "; " + server.logFile() + " ends with:\n" + server.logTail(TAIL_LINES));
    }

    private static void pause(ForkedJvm server) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerStartFailed(server + ": interrupted while waiting for it to be ready", e);
        }
    }
}
