package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidOutputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

class FailureHandlingTest {
    private static final String WAITING = LocalStates.machine("T", """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                 "Arguments":{"secret":"{% $states.context.Task.Token %}"},
                 "TimeoutSeconds":600,"HeartbeatSeconds":60,
                 "Catch":[{"ErrorEquals":["States.HeartbeatTimeout"],"Output":"no beat","Next":"S"},
                          {"ErrorEquals":["Refused"],"Assign":{"why":"{% $states.errorOutput.Cause %}"},"Next":"R"}],
                 "Output":"{% $states.result.decision %}","Next":"S"},
            "R":{"Type":"Succeed","Output":["{% $states.input.Error %}","{% $why %}"]},
            "S":{"Type":"Succeed"}""");

    private final LocalStates local = new LocalStates();

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void retriesWithGrowingPausesAndThenSucceeds() {
        local.work.script("T", FakeWork.failing("Flaky", "1"), FakeWork.failing("Flaky", "2"));
        String execution = local.start("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                     "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":3,"BackoffRate":4,"MaxAttempts":2}],
                     "Output":"{% $states.context.State.RetryCount %}","End":true}"""), "{}");

        local.time.passWhenSleeping(Duration.ofSeconds(3));
        local.time.passWhenSleeping(Duration.ofSeconds(12));

        assertThat(local.end(execution).output()).isEqualTo("2");
        assertThat(local.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void doesNotRetryWithZeroAttemptsAndFallsThroughToTheCatcher() {
        local.work.script("T", FakeWork.failing("Broken", "because"));

        JsonNode output = local.output("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                     "Retry":[{"ErrorEquals":["Broken"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"]}],
                     "Catch":[{"ErrorEquals":["Other"],"Next":"S"},{"ErrorEquals":["States.ALL"],"Next":"C"}],"Next":"S"},
                "S":{"Type":"Succeed"},
                "C":{"Type":"Succeed","Output":{"caught":"{% $states.input %}"}}"""), "{}");

        assertThat(output).isEqualTo(LocalStates.json("{\"caught\":{\"Error\":\"Broken\",\"Cause\":\"because\"}}"));
        assertThat(local.work.calls()).containsExactly("T");
    }

    @Test
    void catchesTheFailureOfItsOwnOutput() {
        JsonNode output = local.output("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Output":"{% $states.result.gone %}",
                     "Catch":[{"ErrorEquals":["States.QueryEvaluationError"],"Output":"{% $states.errorOutput.Error %}","Next":"S"}],
                     "Next":"S"},
                "S":{"Type":"Succeed"}"""), "{}");

        assertThat(output.textValue()).isEqualTo("States.QueryEvaluationError");
    }

    @Test
    void aTimeoutCancelsTheWork() {
        local.work.script("T", FakeWork.hanging());
        String execution = local.start("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":"{% $states.input.t %}","End":true}"""), "{\"t\":30}");
        local.awaitCall("T");

        local.time.passWhenSleeping(Duration.ofSeconds(30));

        assertThat(local.end(execution).error()).isEqualTo("States.Timeout");
        assertThat(local.work.cancelled()).containsExactly("T");
        assertThat(local.types(execution)).contains("TaskTimedOut").doesNotContain("TaskFailed");
    }

    @Test
    void theTimeoutOfTheExecutionCancelsItAndIsNotCaught() {
        local.work.script("T", FakeWork.hanging());
        String execution = local.start("m", """
                {"QueryLanguage":"JSONata","StartAt":"T","TimeoutSeconds":45,"States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                      "Catch":[{"ErrorEquals":["States.ALL"],"Next":"S"}],"Next":"S"},
                 "S":{"Type":"Succeed"}}}""", "{}");
        local.awaitCall("T");

        local.time.passWhenSleeping(Duration.ofSeconds(45));

        assertThat(local.end(execution).statusAsString()).isEqualTo("TIMED_OUT");
        assertThat(local.work.cancelled()).containsExactly("T");
        assertThat(local.types(execution)).endsWith("ExecutionTimedOut");
    }

    @Test
    void workThatThrowsSomethingElseFailsTheTask() {
        local.work.script("T", call -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(local.run("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true}"""), "{}").cause()).contains("a bug");
    }

    @Test
    void aTokenAnswersTheTask() {
        String execution = local.start("m", WAITING, "{}");
        TaskToken token = token();

        local.client.sendTaskSuccess(r -> r.taskToken(token.value()).output("{\"decision\":\"approve\"}"));

        assertThat(local.end(execution).output()).isEqualTo("\"approve\"");
    }

    @Test
    void aTokenFailsTheTask() {
        String execution = local.start("m", WAITING, "{}");
        TaskToken token = token();

        local.client.sendTaskFailure(
                r -> r.taskToken(token.value()).error("Refused").cause("too late"));

        assertThat(local.end(execution).output()).isEqualTo("[\"Refused\",\"too late\"]");
    }

    @Test
    void theWorkOfAWaitingTaskMayFail() {
        local.work.script("T", FakeWork.failing("Refused", "by the work"));

        assertThat(local.output("m", WAITING, "{}")).isEqualTo(LocalStates.json("[\"Refused\",\"by the work\"]"));
    }

    @Test
    void aHeartbeatKeepsTheTaskAliveUntilTheNextIsMissed() {
        String execution = local.start("m", WAITING, "{}");
        TaskToken token = token();
        local.time.awaitSleeping(Duration.ofSeconds(60));
        local.time.advance(Duration.ofSeconds(40));
        local.client.sendTaskHeartbeat(r -> r.taskToken(token.value()));
        local.time.advance(Duration.ofSeconds(20));
        local.time.awaitSleeping(Duration.ofSeconds(40));

        local.time.advance(Duration.ofSeconds(39));
        assertThat(local.client
                        .describeExecution(r -> r.executionArn(execution))
                        .statusAsString())
                .isEqualTo("RUNNING");
        local.time.advance(Duration.ofSeconds(1));

        assertThat(local.end(execution).output()).isEqualTo("\"no beat\"");
    }

    @Test
    void refusesAnswersThatNobodyWaitsFor() {
        String execution = local.start("m", WAITING, "{}");
        String token = token().value();
        local.client.sendTaskSuccess(r -> r.taskToken(token).output("{\"decision\":1}"));
        local.end(execution);
        String unknown = token.substring(0, token.length() - 4) + (token.endsWith("0000") ? "1111" : "0000");

        assertThatThrownBy(() ->
                        local.client.sendTaskSuccess(r -> r.taskToken(token).output("{}")))
                .isInstanceOf(TaskTimedOutException.class);
        assertThatThrownBy(() -> local.client.sendTaskHeartbeat(r -> r.taskToken(token)))
                .isInstanceOf(TaskTimedOutException.class);
        assertThatThrownBy(() -> local.client.sendTaskFailure(r -> r.taskToken(unknown)))
                .isInstanceOf(TaskDoesNotExistException.class);
        assertThatThrownBy(() -> local.client.sendTaskHeartbeat(r -> r.taskToken("AAAA")))
                .isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() ->
                        local.client.sendTaskSuccess(r -> r.taskToken(token).output("{")))
                .isInstanceOf(InvalidOutputException.class);
    }

    @Test
    void noTokenShowsInTheHistory() {
        local.work.script("T", call -> {
            throw new TaskFailedException("Refused", "could not send " + call.arguments());
        });
        String execution = local.start("m", WAITING, "{}");
        local.end(execution);
        String token = local.work.token("T").value();

        List<HistoryEvent> history = local.history(execution);

        assertThat(local.server.history(ExecutionArn.parse(execution)).toString())
                .contains("could not send")
                .doesNotContain(token);
        assertThat(history)
                .flatMap(event ->
                        Stream.ofNullable(event.taskScheduledEventDetails()).toList())
                .map(details -> details.parameters())
                .containsExactly("{\"secret\":\"***\"}");
        assertThat(history)
                .flatMap(event ->
                        Stream.ofNullable(event.taskFailedEventDetails()).toList())
                .map(details -> details.cause())
                .containsExactly("could not send {\"secret\":\"***\"}");
    }

    private TaskToken token() {
        await("a token").atMost(LocalStates.LIMIT).until(() -> local.work.hasToken("T"));
        return local.work.token("T");
    }
}
