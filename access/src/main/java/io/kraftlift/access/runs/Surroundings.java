package io.kraftlift.access.runs;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What comes from outside the program: the environment, time, waiting, and chance.
 *
 * @param environment the environment variables
 */
public record Surroundings(Map<String, String> environment, Clock clock, Sleeper sleeper, SecureRandom random) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration duration) throws InterruptedException;
    }

    /** The real ones, with this process's environment. */
    public static Surroundings real() {
        return new Surroundings(
                System.getenv(), Clock.systemUTC(), duration -> Thread.sleep(duration.toMillis()), new SecureRandom());
    }
}
