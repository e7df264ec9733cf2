package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.Substitution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which way the migration's own definition takes by what an execution finds when it claims the migration. */
class TakeoverPathsTest {
    private static final String DIGEST = "0".repeat(64);

    private final Functions functions = new Functions();
    private StatesServer server;

    @BeforeEach
    void start() throws IOException {
        server = StatesServer.builder()
                .integration("arn:aws:states:::lambda:invoke", functions)
                .integration("arn:aws:states:::ecs:runTask.sync", call -> {
                    throw new TaskFailedException("NoWorker", "no worker may be started on this way");
                })
                .start();
        functions.answers(
                FunctionName.PLAN, "{\"plan\":{\"uri\":\"file:///p\",\"sha256\":\"" + DIGEST + "\"},\"lanes\":[0]}");
        functions.answers(FunctionName.PRECHECK, "{}");
        functions.answers(FunctionName.UNFREEZE, "{\"committed\":false}");
        functions.answers(FunctionName.ROLLBACK, "{}");
        functions.answers(FunctionName.VALIDATE, "{}");
        functions.answers(
                FunctionName.SEAL_EVIDENCE,
                "{\"evidence\":\"e\",\"report\":\"r\",\"key_id\":\"k\",\"outcome\":\"PASSED\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFirstExecutionPlansAtOnce() throws Exception {
        claimed(claim(false, false, "NOT_COMMITTED"));

        run(Mode.PLAN_ONLY, ExecutionStatus.SUCCEEDED);

        assertThat(functions.called())
                .containsExactly(FunctionName.CLAIM_RUN, FunctionName.PLAN, FunctionName.PRECHECK);
    }

    @Test
    void anExecutionThatTakesOverLetsProducersGoOnFirstAndSaysWithEveryCallWhatItHasClaimed() throws Exception {
        claimed(claim(true, false, "NOT_COMMITTED"));
        functions.fail(FunctionName.PRECHECK);

        run(Mode.MIGRATE, ExecutionStatus.FAILED);

        assertThat(functions.called())
                .containsExactly(
                        FunctionName.CLAIM_RUN, FunctionName.UNFREEZE, FunctionName.PLAN, FunctionName.PRECHECK);
        assertThat(functions.payloads.subList(1, 4))
                .allMatch(payload -> payload.at("/run/generation").asLong() == 2);
    }

    @Test
    void aRollbackDoesNothingElse() throws Exception {
        claimed(claim(true, false, "NOT_COMMITTED"));

        ExecutionDescription end = run(Mode.ROLLBACK, ExecutionStatus.SUCCEEDED);

        assertThat(functions.called()).containsExactly(FunctionName.CLAIM_RUN, FunctionName.ROLLBACK);
        assertThat(functions.payloads.get(1).path("cause").asText()).isEqualTo("somebody wants it");
        assertThat(String.valueOf(end.output())).contains("rolled_back");
    }

    @Test
    void aRestartGoesOnInItsOwnFolderOnceTheTargetIsCleared() throws Exception {
        claimed(claim(true, true, "NOT_COMMITTED"));
        functions.answers(FunctionName.CLEAR_TARGET, "{\"topics\":3,\"run\":{\"generation\":2,\"restart\":1}}");
        functions.fail(FunctionName.PRECHECK);

        run(Mode.RESTART, ExecutionStatus.FAILED);

        assertThat(functions.called())
                .containsExactly(
                        FunctionName.CLAIM_RUN, FunctionName.CLEAR_TARGET, FunctionName.PLAN, FunctionName.PRECHECK);
        assertThat(functions.payloads.get(1).at("/run/restart").asInt()).isZero();
        assertThat(functions.payloads.get(2).at("/run/restart").asInt()).isEqualTo(1);
    }

    @Test
    void aCommittedCutoverIsFinishedWithoutTouchingTheClustersAgain() throws Exception {
        claimed(claim(true, false, "COMMITTED"));
        functions.answers(
                FunctionName.VERIFY_OFFSET_FLOOR,
                "{\"report\":{\"uri\":\"file:///c\",\"sha256\":\"" + DIGEST + "\"},\"millis\":1}");
        functions.answers(FunctionName.RECORD_DECISION, "{}");
        functions.answers(FunctionName.RESYNC_GROUPS, "{\"acknowledged\":true}");
        functions.onGate = token -> server.sendTaskSuccess(
                token,
                LocalStates.json(
                        "{\"decision\":\"APPROVE\",\"plan\":\"" + DIGEST + "\",\"report\":\"" + DIGEST + "\"}"));

        run(Mode.MIGRATE, ExecutionStatus.SUCCEEDED);

        assertThat(functions.called())
                .contains(FunctionName.VERIFY_OFFSET_FLOOR, FunctionName.RECORD_DECISION, FunctionName.SEAL_EVIDENCE)
                .doesNotContain(
                        FunctionName.UNFREEZE,
                        FunctionName.PRECHECK,
                        FunctionName.COPY_TOPOLOGY,
                        FunctionName.FREEZE_PRODUCERS);
    }

    @Test
    void anAcknowledgedSwitchIsOnlyValidated() throws Exception {
        claimed(claim(true, false, "SWITCHED"));

        run(Mode.MIGRATE, ExecutionStatus.SUCCEEDED);

        assertThat(functions.called())
                .containsExactly(
                        FunctionName.CLAIM_RUN, FunctionName.PLAN, FunctionName.VALIDATE, FunctionName.SEAL_EVIDENCE);
    }

    private void claimed(String result) {
        functions.answers(FunctionName.CLAIM_RUN, result);
    }

    private static String claim(boolean resumed, boolean clear, String cutover) {
        return """
                {"run":{"generation":2,"restart":0},"resumed":%s,"clear_target":%s,"cutover":"%s","full_validation":false,"freeze_by_hand":false,
                 "timings":{"drain_timeout_seconds":60,"drain_poll_seconds":1,"approval_timeout_seconds":60,
                            "max_producer_freeze_seconds":60}}""".formatted(resumed, clear, cutover);
    }

    private ExecutionDescription run(Mode mode, ExecutionStatus expected) throws Exception {
        Map<String, String> bound = new HashMap<>();
        Arrays.stream(FunctionName.values()).forEach(function -> bound.put(function.substitution(), function.name()));
        Arrays.stream(Substitution.values()).forEach(substitution -> bound.put(substitution.key(), "none"));
        StateMachineArn machine = server.create("m", LocalStates.json(DefinitionFile.MIGRATION.bind(bound)));
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.putObject("run").put("migration", "m");
        input.put("mode", mode.name()).put("reason", "somebody wants it");
        ExecutionDescription end = server.await(server.start(machine, "run", input), LocalStates.LIMIT);
        assertThat(end.status()).as(end.error() + ": " + end.cause()).isEqualTo(expected);
        return end;
    }

    /** What the functions answer, and what they were asked. Safe for the machine's threads. */
    private static final class Functions implements TaskIntegration {
        private final Map<FunctionName, String> answers = new EnumMap<>(FunctionName.class);
        private final List<FunctionName> called = new ArrayList<>();
        private final List<JsonNode> payloads = new ArrayList<>();
        private java.util.function.Consumer<TaskToken> onGate = token -> {};

        void answers(FunctionName function, String payload) {
            answers.put(function, payload);
        }

        void fail(FunctionName function) {
            answers.remove(function);
        }

        synchronized List<FunctionName> called() {
            return List.copyOf(called);
        }

        @Override
        public JsonNode run(TaskCall call) throws TaskFailedException {
            FunctionName function =
                    FunctionName.valueOf(call.arguments().path("FunctionName").asText());
            synchronized (this) {
                called.add(function);
                payloads.add(call.arguments().path("Payload"));
            }
            if (function == FunctionName.OPEN_GATE) {
                onGate.accept(
                        new TaskToken(call.arguments().at("/Payload/token").asText()));
                return JsonNodeFactory.instance.objectNode();
            }
            String answer = answers.get(function);
            if (answer == null) {
                throw new TaskFailedException("Planned", "this is where the test ends");
            }
            return JsonNodeFactory.instance.objectNode().set("Payload", LocalStates.json(answer));
        }
    }
}
