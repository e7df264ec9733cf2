package io.kraftlift.brokers.guest;

import java.io.IOException;
import java.io.InputStream;

/** Ends this process when the stream from its parent ends: in order if that works in time, else by halting. */
final class ParentWatch {
    /** The exit code after an orderly end; 128 + 15, as after SIGTERM. */
    private static final int ENDED_WITH_PARENT = 143;

    /** The exit code when the orderly end took too long; 128 + 9, as after SIGKILL. */
    private static final int HALTED = 137;

    private final long graceMillis;

    ParentWatch(long graceMillis) {
        if (graceMillis < 1) {
            throw new IllegalArgumentException(
                    GuestMain.GRACE_PROPERTY + ": must be at least 1 millisecond, was " + graceMillis);
        }
        this.graceMillis = graceMillis;
    }

    void start(InputStream fromParent) {
        daemon("parent-watch", () -> {
            awaitEnd(fromParent);
            daemon("parent-watch-halt", this::haltAfterGrace);
            System.exit(ENDED_WITH_PARENT);
        });
    }

    private static void awaitEnd(InputStream fromParent) {
        try {
            while (fromParent.read() >= 0) {
                // What the parent writes has no meaning; only the end of the stream does.
            }
        } catch (IOException e) {
            // A stream that cannot be read any more has ended.
        }
    }

    private void haltAfterGrace() {
        try {
            Thread.sleep(graceMillis);
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if one did, halting at once is the safe side.
        }
        Runtime.getRuntime().halt(HALTED);
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
