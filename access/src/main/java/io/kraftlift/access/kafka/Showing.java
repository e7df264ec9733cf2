package io.kraftlift.access.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Looks at changes until the brokers show them: a KRaft broker answers from its copy of the metadata, which is usually
 * some 10 ms behind.
 */
final class Showing {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /** 30 s. */
    private static final int LOOKS = 1_200;

    private final Waiting waiting;

    Showing(Waiting waiting) {
        this.waiting = waiting;
    }

    /** One look. */
    @FunctionalInterface
    interface Look<T> {
        /** Those of the changes that do not show yet. */
        List<T> open(List<T> changes) throws InterruptedException;
    }

    /** Looks until all show, for at most 30 s. Returns those that then still do not; they may have been made. */
    <T> List<T> await(Collection<T> changes, Look<T> look) throws InterruptedException {
        List<T> open = List.copyOf(changes);
        for (int looks = 0; looks < LOOKS && !open.isEmpty(); looks++) {
            if (looks > 0) {
                waiting.sleep(BETWEEN_LOOKS);
            }
            open = look.open(open);
        }
        return open;
    }
}
