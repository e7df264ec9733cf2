package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.statemachine.FunctionName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The machine that ends an overdue freeze, beside the migration that begins it. */
final class FreezeGuardTest {
    private static final Duration OVERDUE = Duration.ofSeconds(65);

    private MachineStage stage = new MachineStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void looksWhenTheFreezeIsOverdueThoughTheExecutionIsDead() {
        stage.script(FunctionName.FREEZE_PRODUCERS, FakeWork.hanging());
        ExecutionArn execution = stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        stage.awaitCalls(FunctionName.FREEZE_PRODUCERS, 1);
        stage.server.stop(execution, "Killed", "in the freeze");
        stage.time.awaitSleeping(OVERDUE);
        assertThat(stage.calls()).doesNotContain(FunctionName.RELEASE_OVERDUE, FunctionName.UNFREEZE);

        stage.time.passWhenSleeping(OVERDUE);

        stage.awaitCalls(FunctionName.RELEASE_OVERDUE, 1);
        assertThat(stage.payload(FunctionName.RELEASE_OVERDUE)
                        .path("run")
                        .path("migration")
                        .asText())
                .isEqualTo("m1");
        assertThat(guards()).singleElement().satisfies(guard -> {
            assertThat(guard.input().path("run").path("migration").asText()).isEqualTo("m1");
            assertThat(stage.server.await(guard.arn(), LocalStates.LIMIT).status())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
        });
    }

    @Test
    void isWaitingBeforeAnybodyIsAskedToFreeze() throws Exception {
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.script(FunctionName.FREEZE_PRODUCERS, call -> {
            assertThat(guards()).extracting(ExecutionDescription::status).containsExactly(ExecutionStatus.RUNNING);
            return LocalStates.json("{}");
        });
        String beginBy = stage.time.instant().plusSeconds(20).toString();
        stage.answer("APPROVE");

        stage.awaitCalls(FunctionName.VERIFY_OFFSET_FLOOR, 1);
        assertThat(stage.payload(FunctionName.FREEZE_PRODUCERS).path("begin_by").asText())
                .isEqualTo(beginBy.replace("Z", ".000Z"));
    }

    @Test
    void looksAgainWhenItIsTold() {
        String again = stage.time.instant().plusSeconds(72).toString();
        stage.script(
                FunctionName.RELEASE_OVERDUE,
                FakeWork.answering(
                        LocalStates.json("{\"settled\":false,\"released\":false,\"look_at\":\"" + again + "\"}")));
        stage.script(FunctionName.FREEZE_PRODUCERS, FakeWork.hanging());
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        stage.time.passWhenSleeping(OVERDUE);
        stage.awaitCalls(FunctionName.RELEASE_OVERDUE, 1);

        stage.time.passWhenSleeping(Duration.ofSeconds(7));

        stage.awaitCalls(FunctionName.RELEASE_OVERDUE, 2);
    }

    @Test
    void triesAgainWhateverFails() {
        stage.script(
                FunctionName.RELEASE_OVERDUE,
                FakeWork.failing("io.kraftlift.core.failures.OperatorActionNeeded", "FREEZE_REFUSED"));
        stage.script(FunctionName.FREEZE_PRODUCERS, FakeWork.hanging());
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        stage.time.passWhenSleeping(OVERDUE);

        stage.time.passWhenSleeping(Duration.ofSeconds(2));

        stage.awaitCalls(FunctionName.RELEASE_OVERDUE, 2);
    }

    @Test
    void isTheConditionOfEveryFreeze() {
        stage.close();
        stage = new MachineStage(false, ExecutionListener.SILENT);
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        for (int seconds : List.of(1, 2, 4)) {
            stage.time.passWhenSleeping(Duration.ofSeconds(seconds));
        }

        stage.awaitCalls(FunctionName.OPEN_GATE, 2);
        assertThat(stage.payload(FunctionName.UNFREEZE).path("error").asText())
                .isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(stage.calls()).doesNotContain(FunctionName.FREEZE_PRODUCERS);
    }

    private List<ExecutionDescription> guards() {
        return stage.server.executions(StateMachineArn.parse("arn:aws:states:local:000000000000:stateMachine:guard"));
    }
}
