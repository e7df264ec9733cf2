package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

class BranchesTest {
    private final LocalStates local = new LocalStates();

    @AfterEach
    void close() {
        local.close();
    }

    private static String task(String name) {
        return "\"" + name + "\":{\"Type\":\"Task\",\"Resource\":\"" + FakeWork.RESOURCE + "\",\"End\":true}";
    }

    private static String parallel(String more) {
        return LocalStates.machine(
                "P",
                "\"P\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"A\",\"States\":{"
                        + task("A") + "}},{\"StartAt\":\"B\",\"States\":{" + task("B") + "}}]," + more
                        + ",\"Next\":\"S\"},\"S\":{\"Type\":\"Succeed\"}");
    }

    /** Fails only once the sibling has begun. */
    private TaskIntegration failingAfter(String sibling) {
        return call -> {
            local.awaitCall(sibling);
            throw new TaskFailedException("Broken", "in " + call.stateName());
        };
    }

    @Test
    void aFailedBranchCancelsItsSibling() {
        local.work.script("A", FakeWork.hanging());
        local.work.script("B", failingAfter("A"));

        String execution = local.start("m", parallel("\"Comment\":\"none\""), "{}");

        assertThat(local.end(execution).error()).isEqualTo("Broken");
        assertThat(local.work.cancelled()).containsExactly("A");
        assertThat(local.types(execution))
                .contains("TaskStateAborted")
                .endsWith("ParallelStateFailed", "ExecutionFailed")
                .doesNotContain("ParallelStateSucceeded");
    }

    @Test
    void aCatcherOfTheParallelSeesTheFailureOfTheBranch() {
        local.work.script("A", FakeWork.hanging());
        local.work.script("B", failingAfter("A"));

        JsonNode output = local.output(
                "m",
                parallel("\"Catch\":[{\"ErrorEquals\":[\"Broken\"],\"Output\":\"{% $states.errorOutput.Cause %}\","
                        + "\"Next\":\"S\"}]"),
                "{}");

        assertThat(output.textValue()).isEqualTo("in B");
    }

    @Test
    void aRetryOfTheParallelRunsAllBranchesAgain() {
        local.work.script("B", failingAfter("A"));

        String execution = local.start(
                "m", parallel("\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":5}]"), "{\"x\":1}");
        local.time.passWhenSleeping(Duration.ofSeconds(5));

        assertThat(local.end(execution).output()).isEqualTo("[{\"x\":1},{\"x\":1}]");
        assertThat(local.work.calls()).containsExactlyInAnyOrder("A", "B", "A", "B");
    }

    @Test
    void aFailedIterationCancelsTheOthersAndBeginsNoMore() {
        local.work.script("T", FakeWork.hanging(), failingAfter("T"));

        String execution = local.start("m", LocalStates.machine("M", """
                "M":{"Type":"Map","MaxConcurrency":2,"End":true,"ItemProcessor":{"StartAt":"T","States":{""" + task("T") + "}}}"), "[1,2,3,4]");

        assertThat(local.end(execution).error()).isEqualTo("Broken");
        assertThat(local.work.calls()).hasSize(2);
        assertThat(local.work.cancelled()).containsExactly("T");
        assertThat(local.types(execution))
                .contains("MapIterationFailed", "MapIterationAborted")
                .endsWith("MapStateFailed", "ExecutionFailed");
    }

    @Test
    void aMapRunsAsManyIterationsAtATimeAsItSays() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier pair = new CyclicBarrier(2);
        TaskIntegration counting = call -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            meet(pair);
            running.decrementAndGet();
            return call.arguments();
        };
        local.work.script("T", counting, counting, counting, counting, counting, counting);

        JsonNode output = local.output("m", LocalStates.machine("M", """
                "M":{"Type":"Map","MaxConcurrency":2,"End":true,"ItemProcessor":{"StartAt":"T","States":{""" + task("T") + "}}}"), "[6,5,4,3,2,1]");

        assertThat(output).isEqualTo(LocalStates.json("[6,5,4,3,2,1]"));
        assertThat(most).hasValue(2);
    }

    private static void meet(CyclicBarrier barrier) throws InterruptedException {
        try {
            barrier.await(LocalStates.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the other one did not come", e);
        }
    }

    @Test
    void theHistoryOfAMapLinksEveryIterationToTheMap() {
        String execution = local.start("m", LocalStates.machine("M", """
                "M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}}"""), "[7,8]");
        local.end(execution);

        List<HistoryEvent> history = local.history(execution);

        assertThat(history)
                .map(HistoryEvent::typeAsString)
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapIterationStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "MapIterationSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "ExecutionSucceeded");
        assertThat(history).map(HistoryEvent::id).startsWith(1L, 2L, 3L).endsWith(14L);
        assertThat(history)
                .map(HistoryEvent::previousEventId)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 3L, 8L, 9L, 10L, 11L, 12L, 13L);
        assertThat(history.get(2).mapStateStartedEventDetails().length()).isEqualTo(2);
        assertThat(history.get(7).mapIterationStartedEventDetails().index()).isEqualTo(1);
        assertThat(history.get(8).stateEnteredEventDetails().input()).isEqualTo("8");
        assertThat(history.get(12).stateExitedEventDetails().output()).isEqualTo("[7,8]");
    }
}
