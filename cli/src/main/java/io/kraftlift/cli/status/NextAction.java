package io.kraftlift.cli.status;

import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Gate;
import java.util.List;
import java.util.Optional;

/** What a run waits for. */
record NextAction(String what, Optional<String> command) {
    static NextAction of(String execution, Optional<Phase> phase, List<Gate> waiting) {
        if (waiting.contains(Gate.CUTOVER)) {
            return typed("a person decides about the cutover", "kraftlift approve --gate cutover");
        }
        if (waiting.contains(Gate.CLIENT_SWITCH)) {
            return typed("switch every client to the target, then acknowledge it", "kraftlift ack");
        }
        if (execution.equals("RUNNING")) {
            return new NextAction(phase.map(NextAction::untyped).orElse("the run begins"), Optional.empty());
        }
        if (phase.filter(Phase.FINALIZED::equals).isPresent()) {
            return typed("check the evidence", "kraftlift verify EVIDENCE");
        }
        return new NextAction(
                "the execution is " + execution + "; the source is as it was, look at the cause", Optional.empty());
    }

    private static NextAction typed(String what, String command) {
        return new NextAction(what, Optional.of(command));
    }

    private static String untyped(Phase phase) {
        return switch (phase) {
            case PLANNED, PRECHECK, TOPOLOGY_COPY -> "the seed begins after the topology is there";
            case SEED -> "the tail begins after the seed";
            case TAIL -> "the cutover gate opens when the lag stays within bounds";
            case DRAIN_READY -> "the cutover gate opens";
            case CUTOVER -> "clients are told to switch after the groups are moved";
            case AWAITING_CLIENT_SWITCH -> "the client switch gate opens";
            case VALIDATING -> "evidence is sealed after the validation";
            case FINALIZED, ROLLED_BACK, FAILED -> "the execution ends";
        };
    }
}
