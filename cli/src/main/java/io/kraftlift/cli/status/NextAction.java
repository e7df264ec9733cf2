package io.kraftlift.cli.status;

import io.kraftlift.cli.runs.ShellWord;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Gate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a run waits for.
 *
 * @param command to type for it, exactly; empty when nothing is to be typed
 */
record NextAction(String what, Optional<String> command) {
    /**
     * How this very run is named on a command line.
     *
     * @param options of {@code kraftlift}, each after a space
     * @param evidence where the last evidence lies; empty before it was sealed
     */
    record Names(String options, Optional<URI> evidence) {}

    static NextAction of(String execution, Optional<Phase> phase, List<Gate> waiting, Names names) {
        if (waiting.contains(Gate.CUTOVER)) {
            return typed("a person decides about the cutover", "kraftlift approve --gate cutover" + names.options());
        }
        if (waiting.contains(Gate.PRODUCER_FREEZE)) {
            return typed(
                    "stop the producers, then confirm that they stand still",
                    "kraftlift approve --gate producer-freeze" + names.options());
        }
        if (waiting.contains(Gate.CLIENT_SWITCH)) {
            return typed(
                    "switch every client to the target, let the producers go on there, then acknowledge it",
                    "kraftlift ack" + names.options());
        }
        if (execution.equals("RUNNING") || execution.equals("PENDING_REDRIVE")) {
            return awaited(phase.map(NextAction::untyped).orElse("the run begins"));
        }
        if (phase.filter(Phase.FINALIZED::equals).isPresent()) {
            return names.evidence()
                    .map(evidence -> typed("check the evidence", verify(evidence)))
                    .orElseGet(() -> awaited("look for the evidence in the evidence store"));
        }
        if (phase.filter(Phase.ROLLED_BACK::equals).isPresent()) {
            return awaited(
                    "the migration was rolled back; rollback.json in the evidence store has the script that removes"
                            + " what it made on the target");
        }
        if (execution.equals("SUCCEEDED")) {
            return awaited("read the plan and the findings, then start the migration");
        }
        return typed(
                "the execution is " + execution + "; remove the cause, then let it go on where it stopped",
                "kraftlift resume" + names.options());
    }

    /** The same after a cutover that was given up, whose producers a person stopped. */
    NextAction afterLettingProducersGoOn() {
        return new NextAction(
                "let the producers on the source go on, which were stopped by hand; then: " + what, command);
    }

    private static String verify(URI evidence) {
        if ("file".equals(evidence.getScheme())) {
            return "kraftlift verify " + ShellWord.quoted(Path.of(evidence).toString());
        }
        String file = evidence.getPath().substring(evidence.getPath().lastIndexOf('/') + 1);
        return "aws s3 cp " + ShellWord.quoted(evidence.toString()) + " . && kraftlift verify "
                + ShellWord.quoted(file);
    }

    private static NextAction awaited(String what) {
        return new NextAction(what, Optional.empty());
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
