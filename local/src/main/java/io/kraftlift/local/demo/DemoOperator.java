package io.kraftlift.local.demo;

import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Whoever decides at the gates of a demo run. */
@FunctionalInterface
public interface DemoOperator {
    /**
     * Decides at a gate.
     *
     * @param stillOpen false as soon as somebody else decided: a prompt should then be taken away
     * @return empty when somebody else decided
     */
    Optional<Decision> decide(OpenedGate gate, BooleanSupplier stillOpen) throws InterruptedException;
}
