package io.kraftlift.acceptance.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.local.demo.LocalMachine;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.local.states.TaskToken;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import io.kraftlift.statemachine.payloads.RunReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/** One migration that runs, as the person sees it who attends it. */
final class Night implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    MigrationRun run;
    ExecutionArn execution;
    private final LocalMachine machine;
    private final RunReference reference;
    private int executions = 1;
    private Instant answeredAt = Instant.MIN;

    Night(LocalMachine machine, MigrationId migration, Path configuration) throws IOException {
        this.machine = machine;
        this.run = new MigrationRun(
                migration,
                new ConfigReader(Surroundings.real().environment(), SecretSource.NONE)
                        .read(configuration.toString(), Files.readAllBytes(configuration)),
                Surroundings.real());
        this.reference = LocalMachine.reference(migration, configuration);
        this.execution = machine.migrate(reference, migration.value());
    }

    /** Waits until a gate is open that was not answered yet. */
    OpenedGate awaitGate(Gate gate) {
        ObjectKey key = run.objects().gate(gate.objectName());
        return patiently("the gate " + gate)
                .until(
                        () -> {
                            ExecutionDescription now = machine.server().describe(execution);
                            assertThat(now.status())
                                    .as(now.error() + ": " + now.cause())
                                    .isEqualTo(ExecutionStatus.RUNNING);
                            return run.find(key, OpenedGate.class)
                                    .filter(open -> open.openedAt().isAfter(answeredAt));
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    void answer(OpenedGate gate, Decision decision) {
        answer(gate, decision, gate.report());
    }

    void answer(OpenedGate gate, Decision decision, @org.jspecify.annotations.Nullable Sha256 report) {
        answeredAt = gate.openedAt();
        machine.server()
                .sendTaskSuccess(
                        new TaskToken(gate.token()),
                        Documents.tree(new GateDecision(decision, "night@localhost", "CHG-1", gate.plan(), report)));
    }

    /** Stops the execution; returns when its safety net has done its work. */
    ExecutionDescription stop() throws Exception {
        machine.server().stop(execution, "Stopped", "by hand");
        return end();
    }

    ExecutionDescription end() throws Exception {
        return machine.server().await(execution, PATIENCE);
    }

    /** Starts the migration's next execution, and attends that one from now on. */
    void next(Mode mode) {
        executions++;
        execution = machine.start(reference, mode, run.migration() + "-" + executions);
    }

    /** Looks at what is done after a restart from now on. */
    void afterRestart(int restart) {
        MigrationRun before = run;
        run = before.inRestart(restart);
        before.close();
    }

    void redrive() {
        Instant unused = machine.server().redrive(execution);
    }

    List<JournalEntry> journal() {
        return run.journal().entries();
    }

    /** What an object of the run says now. */
    JsonNode document(ObjectKey key) {
        return run.find(key, JsonNode.class).orElseThrow();
    }

    static ConditionFactory patiently(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    @Override
    public void close() {
        run.close();
    }
}
