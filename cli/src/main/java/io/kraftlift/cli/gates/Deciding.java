package io.kraftlift.cli.gates;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Takes a person's decision to the gate that waits for it. The gate's token is never printed. */
public final class Deciding {
    private final Terminal terminal;
    private final Surroundings surroundings;
    private final Function<Optional<URI>, StepFunctions> stepFunctions;
    private final String approver;

    /** @param approver who decides */
    public Deciding(
            Terminal terminal,
            Surroundings surroundings,
            Function<Optional<URI>, StepFunctions> stepFunctions,
            String approver) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.stepFunctions = stepFunctions;
        this.approver = approver;
    }

    /** How the decision is to be taken. */
    record Manner(String ticket, boolean withoutQuestion, boolean json) {}

    /** Shows what is decided, asks, and decides. */
    ExitCode decide(RunOptions options, Gate gate, Decision decision, Manner manner) {
        try (FoundRun found = options.find(surroundings)) {
            OpenedGate opened = waiting(found, gate);
            GateReport report = reportOf(found, opened);
            if (decision == Decision.APPROVE && !report.isTheGates()) {
                throw new CommandFailure(
                        ExitCode.OPERATOR_ACTION_NEEDED,
                        "the report " + report.uri() + " must be the one that the gate was opened with, was not; wait"
                                + " until the gate is opened anew, and look again");
            }
            String output = Documents.writeText(
                    new GateDecision(decision, approver, manner.ticket(), opened.plan(), opened.report()));
            if (!manner.json()) {
                new GateText(
                                found.run().migration(),
                                opened,
                                report,
                                surroundings.clock().instant())
                        .lines()
                        .forEach(terminal.out()::println);
                terminal.out().println("Equal AWS CLI command:");
                awsCommand(found, gate, output)
                        .lines()
                        .forEach(line -> terminal.out().println("  " + line));
            }
            String word = decision.name().toLowerCase(Locale.ROOT);
            if (!manner.withoutQuestion() && !confirmed(word, gate)) {
                return ExitCode.NOT_CONFIRMED;
            }
            send(found, opened, output);
            terminal.out()
                    .println(
                            manner.json()
                                    ? Documents.writeText(Map.of(
                                            "gate", gate.objectName(), "decision", decision, "approver", approver))
                                    : word + ": sent as " + approver);
            return ExitCode.OK;
        }
    }

    private boolean confirmed(String word, Gate gate) {
        if (!terminal.asking()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "--yes: must be given where nobody can be asked, was not; run it on a terminal or" + " with --yes");
        }
        return terminal.confirmed("Do you want to " + word + " the gate " + gate.objectName() + "?");
    }

    private OpenedGate waiting(FoundRun found, Gate gate) {
        OpenedGate opened = found.run()
                .find(found.run().objects().gate(gate.objectName()), OpenedGate.class)
                .orElseThrow(() -> notWaiting(gate, "was not opened yet"));
        if (!opened.expiresAt().isAfter(surroundings.clock().instant())) {
            throw notWaiting(gate, "expired at " + opened.expiresAt());
        }
        return opened;
    }

    private void send(FoundRun found, OpenedGate opened, String output) {
        try (StepFunctions functions = stepFunctions.apply(found.endpoint())) {
            if (!functions.sendTaskSuccess(opened.token(), output)) {
                throw notWaiting(opened.gate(), "has been decided or closed");
            }
        }
    }

    private static CommandFailure notWaiting(Gate gate, String why) {
        return new CommandFailure(
                ExitCode.NOTHING_THERE,
                "the gate " + gate.objectName() + " must be waiting for a decision, but it " + why
                        + "; look at kraftlift status");
    }

    private static GateReport reportOf(FoundRun found, OpenedGate opened) {
        ObjectKey key = found.run().objects().result(GateReport.resultOf(opened.gate()));
        URI uri = found.run().backup().root().resolve(key.value());
        Optional<byte[]> content = found.run().backup().get(key).map(StoredObject::content);
        boolean same =
                content.map(bytes -> Sha256.of(bytes).equals(opened.report())).orElse(opened.report() == null);
        return new GateReport(uri, content, same);
    }

    private static String awsCommand(FoundRun found, Gate gate, String output) {
        URI uri = found.run()
                .backup()
                .root()
                .resolve(found.run().objects().gate(gate.objectName()).value());
        String reading = "file".equals(uri.getScheme())
                ? "jq -r .token " + quoted(uri.getPath())
                : "aws s3 cp " + quoted(uri.toString()) + " - | jq -r .token";
        String endpoint = found.endpoint()
                .map(url -> " --endpoint-url " + quoted(url.toString()))
                .orElse("");
        return "TOKEN=$(" + reading + ")\naws stepfunctions send-task-success" + endpoint
                + " --task-token \"$TOKEN\" --task-output " + quoted(output);
    }

    /** For a POSIX shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
