package io.kraftlift.local.demo;

/** Starts demonstrations. */
@FunctionalInterface
public interface DemoStarter {
    /**
     * Starts a run and returns at once.
     *
     * @throws io.kraftlift.core.failures.KraftliftFailure when it cannot be started
     */
    DemoSession start(DemoOptions options);
}
