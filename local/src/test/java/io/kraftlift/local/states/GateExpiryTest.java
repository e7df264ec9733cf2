package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.statemachine.FunctionName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gate at which nobody decides, in the real definition. */
final class GateExpiryTest {
    private static final Duration APPROVAL_TIMEOUT = Duration.ofHours(1);

    private final MachineStage stage = new MachineStage();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void opensTheCutoverGateAgainOnFreshNumbersAndCountsHowOften() {
        stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        assertThat(expiries()).isZero();

        stage.time.passWhenSleeping(APPROVAL_TIMEOUT);
        stage.awaitCalls(FunctionName.OPEN_GATE, 2);
        assertThat(expiries()).isEqualTo(1);
        assertThat(stage.calls(FunctionName.DRAIN_STATUS)).isEqualTo(2);

        stage.time.passWhenSleeping(APPROVAL_TIMEOUT);
        stage.awaitCalls(FunctionName.OPEN_GATE, 3);
        assertThat(expiries()).isEqualTo(2);

        stage.answer("DEFER");
        stage.time.passWhenSleeping(Duration.ofMinutes(5));
        stage.awaitCalls(FunctionName.OPEN_GATE, 4);
        assertThat(expiries()).as("after a decision").isZero();
    }

    @Test
    void opensTheClientSwitchGateAgainAndGoesOnWhenItIsAcknowledged() throws Exception {
        ExecutionArn execution = stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        stage.answer("APPROVE");
        stage.awaitCalls(FunctionName.OPEN_GATE, 2);
        stage.time.passWhenSleeping(APPROVAL_TIMEOUT);
        stage.awaitCalls(FunctionName.OPEN_GATE, 3);
        assertThat(stage.payload(FunctionName.OPEN_GATE).path("gate").asText()).isEqualTo("CLIENT_SWITCH");
        assertThat(expiries()).isEqualTo(1);

        stage.answer("APPROVE");

        assertThat(stage.server.await(execution, LocalStates.LIMIT).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void opensAGateThatCouldNotBeOpenedAtFirst() throws Exception {
        stage.script(FunctionName.OPEN_GATE, FakeWork.failing("Lambda.ServiceException", "busy"));
        ExecutionArn execution = stage.start();
        stage.awaitCalls(FunctionName.OPEN_GATE, 1);
        await("the second try, after a pause of chance")
                .atMost(LocalStates.LIMIT)
                .until(() -> {
                    stage.time.advance(Duration.ofSeconds(1));
                    return stage.calls(FunctionName.OPEN_GATE) == 2;
                });
        stage.answer("REJECT");

        assertThat(stage.server.await(execution, LocalStates.LIMIT).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(expiries()).isZero();
    }

    private int expiries() {
        return stage.payload(FunctionName.OPEN_GATE).path("expiries").asInt(-1);
    }
}
