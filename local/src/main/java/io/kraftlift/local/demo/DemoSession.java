package io.kraftlift.local.demo;

import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import java.time.Duration;
import java.util.Optional;

/** A demonstration that runs on threads and processes of its own. Safe for several threads. */
public interface DemoSession extends ProgressSource, AutoCloseable {
    /** Answers a gate; without effect when somebody else was faster. */
    void decide(Gate gate, Decision decision);

    /**
     * The summary, once the run has ended.
     *
     * @return empty when it goes on after that time
     * @throws io.kraftlift.core.failures.KraftliftFailure what the run failed with
     */
    Optional<DemoSummary> await(Duration timeout) throws InterruptedException;

    /** Ends the run and every process of it. */
    @Override
    void close();
}
