package io.kraftlift.local.states;

/** Waits for the end of threads that have been told to end. */
final class ThreadEnd {
    private ThreadEnd() {}

    /** Returns when the thread has ended; an interrupt of the caller meanwhile is kept for later. */
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
