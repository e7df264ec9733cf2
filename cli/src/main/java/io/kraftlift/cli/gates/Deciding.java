package io.kraftlift.cli.gates;

import io.kraftlift.access.json.Documents;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.AnnouncedStepFunctions;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import io.kraftlift.cli.runs.Steering;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
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
import java.util.function.Supplier;

/** Takes a person's decision to the gate that waits for it. The gate's token is never printed. */
public final class Deciding {
    private final Steering steering;
    private final Terminal terminal;

    public Deciding(Steering steering) {
        this.steering = steering;
        this.terminal = steering.terminal();
    }

    /** How the decision is to be taken. */
    record Manner(String ticket, boolean withoutQuestion) {}

    /** Shows what is decided, asks, and decides. */
    ExitCode decide(RunOptions options, Gate gate, Decision decision, Manner manner) throws InterruptedException {
        try (FoundRun found = options.find(steering.surroundings())) {
            OpenedGate opened = asApprover(found, gate, () -> waiting(found, gate));
            GateReport report = reportOf(found, opened);
            if (decision == Decision.APPROVE && !report.isTheGates()) {
                throw new CommandFailure(
                        ExitCode.OPERATOR_ACTION_NEEDED,
                        "the report " + report.uri() + " must be the one that the gate was opened with, was not; wait"
                                + " until the gate is opened anew, and look again");
            }
            String approver = steering.who().apply(found);
            String output = Documents.writeText(
                    new GateDecision(decision, approver, manner.ticket(), opened.plan(), opened.report()));
            if (!steering.root().json()) {
                new GateText(
                                found.run().migration(),
                                opened,
                                report,
                                steering.surroundings().clock().instant())
                        .lines()
                        .forEach(terminal.out()::println);
                AnnouncedStepFunctions.say(
                        AnnouncedStepFunctions.decision(found, gate, output), terminal.out()::println);
            }
            String word = decision.name().toLowerCase(Locale.ROOT);
            if (!manner.withoutQuestion() && !confirmed(word, gate)) {
                return ExitCode.NOT_CONFIRMED;
            }
            asApprover(found, gate, () -> send(found, opened, output));
            terminal.out()
                    .println(
                            steering.root().json()
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
        if (!opened.expiresAt().isAfter(steering.surroundings().clock().instant())) {
            throw notWaiting(gate, "expired at " + opened.expiresAt());
        }
        return opened;
    }

    private OpenedGate send(FoundRun found, OpenedGate opened, String output) {
        try (StepFunctions functions = steering.stepFunctions().apply(found.endpoint())) {
            if (!functions.sendTaskSuccess(opened.token(), output)) {
                throw notWaiting(opened.gate(), "has been decided or closed");
            }
            return opened;
        }
    }

    /** Does what only the approver may, and says who that is where it is refused. */
    private OpenedGate asApprover(FoundRun found, Gate gate, Supplier<OpenedGate> step) {
        try {
            return step.get();
        } catch (OperatorActionNeeded e) {
            Optional<Deployment> deployment = found.deployment();
            if (e.failureName() != FailureName.ACCESS_DENIED || deployment.isEmpty()) {
                throw e;
            }
            String asking = steering.who().apply(found);
            if (deployment.get().isApprover(asking)) {
                throw e;
            }
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    "the gate " + gate.objectName() + " must be decided by "
                            + deployment.get().approverRole() + ", was asked for by " + asking
                            + "; become that role as docs/deploy.md says (Decide), and give its --profile",
                    e);
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
}
