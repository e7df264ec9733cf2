package io.kraftlift.access.kafka;

import java.time.Duration;

/** How this package waits between requests. */
@FunctionalInterface
public interface Waiting {
    void sleep(Duration duration) throws InterruptedException;
}
