package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Gate;
import java.net.URI;
import java.util.Optional;

/**
 * The report that a decision is about, as it lies in the store.
 *
 * @param content empty when there is none
 * @param isTheGates whether it is, to the byte, the one that the gate was opened with
 */
record GateReport(URI uri, Optional<byte[]> content, boolean isTheGates) {
    /** The name of the result that a gate's decision is about. */
    static String resultOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> "drain-ready";
            case PRODUCER_FREEZE -> "rehearsal";
            case CLIENT_SWITCH -> "cutover";
        };
    }
}
