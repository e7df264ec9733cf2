package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.local.demo.LocalMachine;
import io.kraftlift.local.functions.HandlerDecorator;
import io.kraftlift.local.functions.LocalFunctions;
import io.kraftlift.local.workload.FreezeWebhook;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The execution killed in each phase: the real definition and the real safety net over functions that leave behind what the
 * real ones would, and a producers' side that notes down what it is asked.
 */
final class SafetyNetTest {
    private static final String SECRET = "a-secret-of-the-test";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final FreezeWebhook webhook = FreezeWebhook.start(SECRET, new FreezeWebhook.Application() {
        @Override
        public void freeze() {
            asked.add("freeze");
        }

        @Override
        public void unfreeze() {
            asked.add("unfreeze");
        }
    });
    private final MachineStage stage = new MachineStage(true, new ExecutionListener() {
        @Override
        public void executionEnded(ExecutionDescription execution) {
            if (execution.arn().machine().name().equals("migration")
                    && execution.status() != ExecutionStatus.SUCCEEDED) {
                call(execution);
            }
        }
    });
    private final RunReference reference;
    private final ReadConfig config;
    private final MigrationRun run;

    SafetyNetTest(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("m.yaml"), """
                source: {bootstrap_servers: "localhost:1", auth: {mode: plaintext}}
                target: {bootstrap_servers: "localhost:2", auth: {mode: plaintext}}
                backup: {directory: "%s"}
                evidence: {directory: "%s"}
                cutover: {producer_freeze_webhook: "%s", webhook_secret: "%s"}
                """.formatted(
                        directory.resolve("backup"), directory.resolve("evidence"), webhook.url(), SECRET));
        reference = LocalMachine.reference(new MigrationId("m1"), file);
        config = new ConfigReader(Map.of(), SecretSource.NONE).read(file.toString(), Files.readAllBytes(file));
        run = new MigrationRun(reference.migration(), config, Surroundings.real());
    }

    @AfterEach
    void close() {
        stage.close();
        run.close();
        webhook.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FunctionName.class,
            names = {
                "PLAN",
                "PRECHECK",
                "COPY_TOPOLOGY",
                "DRAIN_STATUS",
                "OPEN_GATE",
                "RECORD_DECISION",
                "REHEARSE",
                "FREEZE_PRODUCERS",
                "PUBLISH_SENTINELS",
                "AWAIT_DRAINED",
                "TRANSLATE_OFFSETS",
                "VERIFY_OFFSET_FLOOR",
                "RESYNC_GROUPS",
                "VALIDATE",
                "SEAL_EVIDENCE"
            })
    void leavesProducersAndTailAsTheyShouldBeWhenTheExecutionIsKilledIn(FunctionName function) throws Exception {
        leaveWhatTheFunctionsLeave();
        stage.script(function, FakeWork.hanging(), FakeWork.hanging());
        ExecutionArn execution = stage.start(Documents.writeText(reference));
        driveTo(function);
        boolean frozen = run.find(run.objects().result("freeze"), Freeze.class)
                .filter(Freeze::isHeld)
                .isPresent();
        boolean committed = run.find(run.objects().result("freeze"), Freeze.class)
                .filter(Freeze::isCommitted)
                .isPresent();
        DesiredState asBefore = control();

        stage.server.stop(execution, "Killed", "in " + function);
        assertThat(stage.server.await(execution, LocalStates.LIMIT).status()).isEqualTo(ExecutionStatus.ABORTED);

        assertThat(asked).isEqualTo(frozen ? List.of("unfreeze") : List.of());
        assertThat(run.find(run.objects().result("freeze"), Freeze.class).filter(Freeze::isHeld))
                .isEmpty();
        assertThat(control()).isEqualTo(committed ? asBefore : DesiredState.RUN);
        List<JournalEntry> journal = run.journal().entries();
        assertThat(journal.get(journal.size() - 1).what()).isEqualTo("execution ended");
        assertThat(journal.get(journal.size() - 1).facts()).containsEntry("status", "ABORTED");

        int before = stage.calls(function);
        Instant unused = stage.server.redrive(execution);
        stage.awaitCalls(function, before + 1);
    }

    @Test
    void touchesNobodyWhenTheExecutionIsKilledInTheSeed() throws Exception {
        leaveWhatTheFunctionsLeave();
        stage.hang("SeedLane");
        ExecutionArn execution = stage.start(Documents.writeText(reference));
        stage.awaitWorkers("SeedLane", 1);

        stage.server.stop(execution, "Killed", "in the seed");
        assertThat(stage.server.await(execution, LocalStates.LIMIT).status()).isEqualTo(ExecutionStatus.ABORTED);

        assertThat(asked).isEmpty();
        assertThat(run.journal().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.what()).isEqualTo("execution ended"));
        Instant unused = stage.server.redrive(execution);
        stage.awaitWorkers("SeedLane", 2);
    }

    private void driveTo(FunctionName function) {
        if (FunctionName.OPEN_GATE.compareTo(function) < 0) {
            stage.awaitCalls(FunctionName.OPEN_GATE, 1);
            stage.answer("APPROVE");
        }
        if (List.of(FunctionName.VALIDATE, FunctionName.SEAL_EVIDENCE).contains(function)) {
            stage.awaitCalls(FunctionName.OPEN_GATE, 2);
            stage.answer("APPROVE");
        }
        stage.awaitCalls(function, 1);
    }

    private void leaveWhatTheFunctionsLeave() {
        stage.effect(
                FunctionName.CLAIM_RUN,
                () -> run.write(
                        run.objects().lease(),
                        MigrationLease.first(new MigrationLease.Claimant(
                                "arn:aws:states:local:000000000000:execution:migration:run",
                                reference.config(),
                                config.fingerprint(),
                                Documents.mapper().createObjectNode(),
                                now()))));
        stage.effect(
                FunctionName.FREEZE_PRODUCERS,
                () -> run.write(
                        run.objects().result("freeze"),
                        Freeze.first(now(), Duration.ofMinutes(1)).proven(now())));
        stage.effect(
                FunctionName.PUBLISH_SENTINELS,
                () -> run.write(run.objects().control(), LaneControl.first().drain(Map.of())));
        stage.effect(FunctionName.VERIFY_OFFSET_FLOOR, () -> {
            Freeze freeze = run.read(run.objects().result("freeze"), Freeze.class);
            if (!freeze.isHeld()) {
                return;
            }
            run.write(run.objects().result("freeze"), freeze.committed(now()));
            run.write(run.objects().control(), LaneControl.first().stop());
            run.journal().append(Phase.AWAITING_CLIENT_SWITCH, "READY_FOR_CLIENT_SWITCH", Map.of());
        });
    }

    /** As the rule does in the deployment. */
    private void call(ExecutionDescription execution) {
        SafetyNetRequest event = new SafetyNetRequest(new SafetyNetRequest.Detail(
                execution.arn().toString(),
                execution.status().name(),
                execution.input().toString()));
        try {
            JsonNode unused = LocalFunctions.all(
                            Surroundings.real(), given -> config, arn -> Optional.empty(), HandlerDecorator.NONE)
                    .invoke(FunctionName.SAFETY_NET, event);
        } catch (TaskFailedException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DesiredState control() {
        return run.find(run.objects().control(), LaneControl.class)
                .map(LaneControl::state)
                .orElse(DesiredState.RUN);
    }

    private static Instant now() {
        return Surroundings.real().clock().instant();
    }
}
