package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.statemachine.FunctionName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second gate of a migration whose producers a person stops, in the real definition. */
final class ProducerFreezeGateTest {
    private final MachineStage stage = new MachineStage();

    @BeforeEach
    void approveTheCutover() {
        stage.freezeByHand();
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        stage.awaitCalls(FunctionName.OPEN_GATE, 2);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void opensAfterTheRehearsalAndFreezesWhenItIsApproved() {
        assertThat(gate()).isEqualTo("PRODUCER_FREEZE");
        List<FunctionName> calls = stage.calls();
        assertThat(calls.subList(calls.size() - 2, calls.size()))
                .containsExactly(FunctionName.REHEARSE, FunctionName.OPEN_GATE);

        stage.answer("APPROVE");

        stage.awaitCalls(FunctionName.VERIFY_OFFSET_FLOOR, 1);
        assertThat(stage.calls(FunctionName.FREEZE_PRODUCERS)).isEqualTo(1);
        assertThat(stage.calls(FunctionName.RECORD_DECISION)).isEqualTo(2);
        assertThat(stage.payload(FunctionName.RECORD_DECISION).path("gate").asText())
                .isEqualTo("PRODUCER_FREEZE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECT", "DEFER"})
    void givesTheAttemptUpAndNotTheMigrationWhenProducersAreNotStopped(String decision) {
        stage.answer(decision);

        stage.awaitCalls(FunctionName.OPEN_GATE, 3);
        assertThat(gate()).isEqualTo("CUTOVER");
        assertThat(stage.payload(FunctionName.UNFREEZE).path("error").asText()).isEqualTo(decision);
        assertThat(stage.payload(FunctionName.UNFREEZE).path("cause").asText()).endsWith("put off by ann");
        assertThat(stage.calls()).doesNotContain(FunctionName.FREEZE_PRODUCERS, FunctionName.ROLLBACK);
    }

    @Test
    void opensAgainAfterAnotherRehearsalWhenItExpires() {
        stage.time.passWhenSleeping(Duration.ofHours(1));

        stage.awaitCalls(FunctionName.OPEN_GATE, 3);
        assertThat(gate()).isEqualTo("PRODUCER_FREEZE");
        assertThat(stage.payload(FunctionName.OPEN_GATE).path("expiries").asInt())
                .isEqualTo(1);
        assertThat(stage.calls(FunctionName.REHEARSE)).isEqualTo(2);
        assertThat(stage.calls()).doesNotContain(FunctionName.FREEZE_PRODUCERS);
    }

    @Test
    void isAskedAgainWhenTheApprovalIsOfAnotherRehearsal() {
        String token = stage.payload(FunctionName.OPEN_GATE).path("token").asText();
        String plan = stage.payload(FunctionName.OPEN_GATE).path("plan").asText();

        stage.server.sendTaskSuccess(new TaskToken(token), LocalStates.json("""
                {"decision":"APPROVE","approver":"ann","ticket":"","plan":"%s","report":"%s"}""".formatted(plan, "b".repeat(64))));

        stage.awaitCalls(FunctionName.OPEN_GATE, 3);
        assertThat(gate()).isEqualTo("PRODUCER_FREEZE");
        assertThat(stage.calls()).doesNotContain(FunctionName.FREEZE_PRODUCERS);
    }

    private String gate() {
        return stage.payload(FunctionName.OPEN_GATE).path("gate").asText();
    }
}
