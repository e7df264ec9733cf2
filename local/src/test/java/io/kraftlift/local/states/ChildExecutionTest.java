package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class ChildExecutionTest {
    private static final String PARENT = LocalStates.machine("Child", """
            "Child":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync:2",
                     "Arguments":{"StateMachineArn":"arn:aws:states:local:000000000000:stateMachine:child",
                                  "Name":"{% 'of-' & $states.context.Execution.Name %}","Input":{"x":"{% $states.input.x %}"}},
                     "TimeoutSeconds":600,"End":true}""");

    private final LocalStates local = new LocalStates();

    @BeforeEach
    void createTheChild() {
        local.server.create("child", LocalStates.json(LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","TimeoutSeconds":60,"End":true}""")));
    }

    @AfterEach
    void close() {
        local.close();
    }

    private static final String CHILD = "arn:aws:states:local:000000000000:execution:child:of-run";

    @Test
    void givesTheDescriptionWithTheOutputParsed() {
        JsonNode output = local.output("parent", PARENT, "{\"x\":3}");

        assertThat(output.path("Output")).isEqualTo(LocalStates.json("{\"x\":3}"));
        assertThat(output.path("Status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(output.path("ExecutionArn").textValue()).isEqualTo(CHILD);
        assertThat(output.path("StartDate").longValue())
                .isEqualTo(local.time.instant().toEpochMilli());
    }

    @Test
    void failsWithTheDescriptionOfTheChildThatFailed() {
        local.work.script("T", FakeWork.failing("Broken", "in the child"));

        DescribeExecutionResponse end = local.run("parent", PARENT, "{\"x\":3}");

        assertThat(end.error()).isEqualTo("States.TaskFailed");
        assertThat(LocalStates.json(end.cause()).path("Error").textValue()).isEqualTo("Broken");
        assertThat(LocalStates.json(end.cause()).path("Status").textValue()).isEqualTo("FAILED");
    }

    @Test
    void isStoppedWithItsParent() {
        local.work.script("T", FakeWork.hanging());
        String parent = local.start("parent", PARENT, "{\"x\":3}");
        local.awaitCall("T");

        local.client.stopExecution(r -> r.executionArn(parent));

        assertThat(local.end(parent).statusAsString()).isEqualTo("ABORTED");
        assertThat(local.client.describeExecution(r -> r.executionArn(CHILD)).statusAsString())
                .isEqualTo("ABORTED");
        assertThat(local.work.cancelled()).containsExactly("T");
    }

    @Test
    void saysSoWhenThereIsNoSuchMachine() {
        DescribeExecutionResponse end =
                local.run("parent", PARENT.replace("stateMachine:child", "stateMachine:gone"), "{\"x\":3}");

        assertThat(end.error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
    }

    @Test
    void closingTheServerStopsParentAndChild() {
        local.work.script("T", FakeWork.hanging());
        String parent = local.start("parent", PARENT, "{\"x\":3}");
        local.awaitCall("T");

        local.server.close();

        await().atMost(LocalStates.LIMIT).until(() -> !local.work.cancelled().isEmpty());
        assertThat(local.server.describe(ExecutionArn.parse(parent)).status()).isEqualTo(ExecutionStatus.ABORTED);
        assertThat(local.server.describe(ExecutionArn.parse(CHILD)).status()).isEqualTo(ExecutionStatus.ABORTED);
    }
}
