package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;

class RedriveTest {
    private final LocalStates local = new LocalStates();

    @AfterEach
    void close() {
        local.close();
    }

    private static final String TASK = "\"Type\":\"Task\",\"Resource\":\"" + FakeWork.RESOURCE + "\",";

    @Test
    void continuesAtTheFailedTaskWithItsInputAndVariables() {
        local.work.script("Two", FakeWork.failing("Broken", "first"));
        String execution = local.start("m", LocalStates.machine("One", """
                "One":{%s "Assign":{"v":"{%% $states.result.x + 1 %%}"},"Next":"Two"},
                "Two":{%s "Assign":{"redrives":"{%% $states.context.Execution.RedriveCount %%}"},"Next":"End"},
                "End":{"Type":"Succeed","Output":["{%% $states.input.x %%}","{%% $v %%}","{%% $redrives %%}"]}""".formatted(TASK, TASK)), "{\"x\":5}");
        assertThat(local.end(execution).statusAsString()).isEqualTo("FAILED");
        local.time.advance(Duration.ofHours(1));

        local.client.redriveExecution(r -> r.executionArn(execution));

        DescribeExecutionResponse end = local.end(execution);
        assertThat(end.output()).isEqualTo("[5,6,1]");
        assertThat(end.redriveCount()).isEqualTo(1);
        assertThat(end.redriveDate()).isEqualTo(local.time.instant());
        assertThat(end.error()).isNull();
        assertThat(local.work.calls()).containsExactly("One", "Two", "Two");
        assertThat(local.types(execution))
                .containsSubsequence("ExecutionFailed", "ExecutionRedriven", "TaskStateEntered", "ExecutionSucceeded");
    }

    @Test
    void runsOnlyTheBranchOfAParallelThatHadFailed() {
        local.work.script("Bad", call -> {
            await().atMost(LocalStates.LIMIT).until(() -> local.work.calls().contains("Good2"));
            throw new TaskFailedException("Broken", "first");
        });
        String execution = local.start("m", LocalStates.machine("P", """
                "P":{"Type":"Parallel","End":true,"Branches":[
                  {"StartAt":"Good","States":{"Good":{%s "Next":"Good2"},"Good2":{%s "Output":"good","End":true}}},
                  {"StartAt":"Before","States":{"Before":{%s "Assign":{"b":"{%% $states.input %%}"},"Next":"Bad"},
                                                "Bad":{%s "Output":"{%% $b %%}","End":true}}}]}""".formatted(TASK, TASK, TASK, TASK)), "\"in\"");
        local.end(execution);
        assertThat(local.types(execution)).contains("ParallelStateFailed");
        long before = local.work.calls().stream().filter("Good2"::equals).count();
        boolean goodHadEnded = !local.types(execution).contains("TaskStateAborted");

        local.client.redriveExecution(r -> r.executionArn(execution));

        assertThat(local.end(execution).output()).isEqualTo("[\"good\",\"in\"]");
        assertThat(local.work.calls()).containsOnlyOnce("Good", "Before");
        assertThat(Collections.frequency(local.work.calls(), "Bad")).isEqualTo(2);
        assertThat(Collections.frequency(local.work.calls(), "Good2")).isEqualTo(goodHadEnded ? before : before + 1);
    }

    @Test
    void aFinishedBranchKeepsItsResult() {
        local.work.script("Bad", call -> {
            String execution = call.execution().toString();
            await().atMost(LocalStates.LIMIT)
                    .until(() -> Collections.frequency(local.types(execution), "PassStateExited") == 1);
            throw new TaskFailedException("Broken", "first");
        });
        String execution = local.start("m", LocalStates.machine("P", """
                "P":{"Type":"Parallel","End":true,"Branches":[
                  {"StartAt":"Good","States":{"Good":{"Type":"Pass","Output":"{%% $uuid() %%}","End":true}}},
                  {"StartAt":"Bad","States":{"Bad":{%s "End":true}}}]}""".formatted(TASK)), "1");
        local.end(execution);

        local.client.redriveExecution(r -> r.executionArn(execution));

        assertThat(local.end(execution).statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(local.types(execution)).containsOnlyOnce("PassStateEntered");
    }

    @Test
    void continuesAnAbortedExecutionInTheMiddleOfANestedMap() {
        TaskIntegration echo = TaskCall::arguments;
        local.work.script("T", echo, echo, echo, FakeWork.hanging());
        String execution = local.start("m", LocalStates.machine("Outer", """
                "Outer":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"Inner","States":{
                  "Inner":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"T","States":{
                    "T":{%s "Output":"{%% $states.result * 10 %%}","End":true}}}}}}}""".formatted(TASK)), "[[1,2],[3,4],[5]]");
        await().atMost(LocalStates.LIMIT).until(() -> local.work.calls().size() == 4);
        local.client.stopExecution(
                r -> r.executionArn(execution).error("Operator").cause("pause"));
        DescribeExecutionResponse stopped = local.end(execution);

        local.client.redriveExecution(r -> r.executionArn(execution));

        assertThat(stopped.statusAsString()).isEqualTo("ABORTED");
        assertThat(stopped.error()).isEqualTo("Operator");
        assertThat(local.work.cancelled()).containsExactly("T");
        assertThat(local.end(execution).output()).isEqualTo("[[10,20],[30,40],[50]]");
        assertThat(local.work.calls()).hasSize(6);
        assertThat(local.types(execution)).containsSubsequence("ExecutionAborted", "ExecutionRedriven");
    }

    @Test
    void entersAFailStateAgain() {
        String execution = local.start("m", LocalStates.machine("F", """
                "F":{"Type":"Fail","Error":"E","Cause":"c"}"""), "{}");
        local.end(execution);

        local.client.redriveExecution(r -> r.executionArn(execution));

        assertThat(local.end(execution).statusAsString()).isEqualTo("FAILED");
        assertThat(local.types(execution))
                .isEqualTo(List.of(
                        "ExecutionStarted",
                        "FailStateEntered",
                        "ExecutionFailed",
                        "ExecutionRedriven",
                        "FailStateEntered",
                        "ExecutionFailed"));
    }

    @Test
    void givesAFreshBudgetOfRetriesAndANewToken() {
        String execution = local.start("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","End":true}"""), "{}");
        await().atMost(LocalStates.LIMIT).until(() -> local.work.hasToken("T"));
        TaskToken first = local.work.token("T");
        local.server.sendTaskFailure(first, "Refused", "no");
        local.end(execution);

        local.client.redriveExecution(r -> r.executionArn(execution));
        await().atMost(LocalStates.LIMIT).until(() -> !local.work.token("T").equals(first));
        local.server.sendTaskSuccess(local.work.token("T"), LocalStates.json("1"));

        assertThat(local.end(execution).output()).isEqualTo("1");
    }

    @Test
    void refusesWhatRunsOrHasSucceeded() {
        local.work.script("T", FakeWork.hanging());
        String running = local.start("running", LocalStates.machine("T", "\"T\":{" + TASK + "\"End\":true}"), "{}");
        String succeeded = local.start("succeeded", LocalStates.machine("S", "\"S\":{\"Type\":\"Succeed\"}"), "{}");
        local.end(succeeded);

        assertThatThrownBy(() -> local.client.redriveExecution(r -> r.executionArn(running)))
                .isInstanceOf(ExecutionNotRedrivableException.class)
                .hasMessageContaining("RUNNING");
        assertThatThrownBy(() -> local.client.redriveExecution(r -> r.executionArn(succeeded)))
                .isInstanceOf(ExecutionNotRedrivableException.class);
        assertThat(local.client
                        .describeExecution(r -> r.executionArn(succeeded))
                        .redriveStatusAsString())
                .isEqualTo("NOT_REDRIVABLE");
    }
}
