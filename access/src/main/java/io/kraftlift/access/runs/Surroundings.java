package io.kraftlift.access.runs;

import io.kraftlift.access.aws.AwsSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What comes from outside the program: the environment, time, waiting, chance, and as whom AWS is asked.
 *
 * @param environment the environment variables
 */
public record Surroundings(
        Map<String, String> environment, Clock clock, Sleeper sleeper, SecureRandom random, AwsSession aws) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** In which AWS is asked as the SDK's default chains say. */
    public Surroundings(Map<String, String> environment, Clock clock, Sleeper sleeper, SecureRandom random) {
        this(environment, clock, sleeper, random, AwsSession.BY_DEFAULT_CHAINS);
    }

    /** The same, in which AWS is asked in this session. */
    public Surroundings in(AwsSession session) {
        return new Surroundings(environment, clock, sleeper, random, session);
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
