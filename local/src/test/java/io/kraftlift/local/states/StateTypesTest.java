package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class StateTypesTest {
    private final LocalStates local = new LocalStates();

    @AfterEach
    void close() {
        local.close();
    }

    @Test
    void aTaskPassesItsArgumentsAndShapesItsResult() {
        JsonNode output = local.output("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                     "Arguments":{"x":"{% $states.input.x * 2 %}"},
                     "Assign":{"seen":"{% $states.result.x %}"},
                     "Output":{"y":"{% $states.result.x + 1 %}"},"Next":"P"},
                "P":{"Type":"Pass","Output":{"in":"{% $states.input.y %}","var":"{% $seen %}"},"End":true}"""), "{\"x\":5}");

        assertThat(output).isEqualTo(LocalStates.json("{\"in\":11,\"var\":10}"));
    }

    @Test
    void aTaskWithoutArgumentsPassesItsInput() {
        JsonNode output = local.output("m", LocalStates.machine("T", """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true}"""), "{\"x\":5}");

        assertThat(output).isEqualTo(LocalStates.json("{\"x\":5}"));
    }

    @ParameterizedTest
    @CsvSource({"1,one,rule", "2,two,none", "3,other,default"})
    void aChoiceTakesTheFirstTrueRuleOrTheDefault(int given, String way, String assigned) {
        JsonNode output = local.output("m", LocalStates.machine("C", """
                "C":{"Type":"Choice","Choices":[
                       {"Condition":"{% $states.input.n = 1 %}","Next":"One","Assign":{"v":"rule"},"Output":"one"},
                       {"Condition":"{% $states.input.n < 3 %}","Next":"Two"}],
                     "Default":"Other","Assign":{"v":"default"},"Output":"other"},
                "One":{"Type":"Succeed","Output":["{% $states.input %}","{% $v %}"]},
                "Two":{"Type":"Succeed","Output":["two","{% $exists($v) ? $v : 'none' %}"]},
                "Other":{"Type":"Succeed","Output":["{% $states.input %}","{% $v %}"]}"""), "{\"n\":" + given + "}");

        assertThat(output).isEqualTo(LocalStates.json("[\"" + way + "\",\"" + assigned + "\"]"));
    }

    @Test
    void aChoiceWithoutAMatchFails() {
        DescribeExecutionResponse end = local.run("m", LocalStates.machine("C", """
                "C":{"Type":"Choice","Choices":[{"Condition":"{% false %}","Next":"S"}]},"S":{"Type":"Succeed"}"""), "{}");

        assertThat(end.error()).isEqualTo("States.NoChoiceMatched");
    }

    @Test
    void aWaitSleepsForItsSecondsAndUntilItsTimestamp() {
        String execution = local.start("m", LocalStates.machine("W", """
                "W":{"Type":"Wait","Seconds":"{% $states.input.s %}","Next":"U"},
                "U":{"Type":"Wait","Timestamp":"2026-11-23T12:00:00+01:00","Next":"S"},
                "S":{"Type":"Succeed"}"""), "{\"s\":90}");

        local.time.passWhenSleeping(Duration.ofSeconds(90));
        local.time.passWhenSleeping(Duration.ofMinutes(60).minusSeconds(90));

        assertThat(local.end(execution).statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(local.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aFailStateEvaluatesItsErrorAndCause() {
        DescribeExecutionResponse end = local.run("m", LocalStates.machine("F", """
                "F":{"Type":"Fail","Error":"{% 'E' & $string($states.input) %}","Cause":"why"}"""), "7");

        assertThat(end.statusAsString()).isEqualTo("FAILED");
        assertThat(end.error()).isEqualTo("E7");
        assertThat(end.cause()).isEqualTo("why");
    }

    @Test
    void aParallelGivesItsBranchesOutputsInOrderAndKeepsTheirVariables() {
        JsonNode output = local.output("m", LocalStates.machine("A", """
                "A":{"Type":"Pass","Assign":{"outer":"o"},"Next":"P"},
                "P":{"Type":"Parallel","Arguments":{"k":"{% $states.input.n %}"},"Next":"Z","Branches":[
                  {"StartAt":"B1","States":{
                     "B1":{"Type":"Pass","Assign":{"outer":"changed","inner":1},"Next":"B1b"},
                     "B1b":{"Type":"Pass","Output":["{% $outer %}","{% $states.input.k %}"],"End":true}}},
                  {"StartAt":"B2","States":{"B2":{"Type":"Pass","Output":"{% $outer %}","End":true}}}]},
                "Z":{"Type":"Pass","Output":{"r":"{% $states.input %}","outer":"{% $outer %}","inner":"{% $exists($inner) %}"},"End":true}"""), "{\"n\":4}");

        assertThat(output)
                .isEqualTo(LocalStates.json("{\"r\":[[\"changed\",4],\"o\"],\"outer\":\"o\",\"inner\":false}"));
    }

    @Test
    void aMapGivesEveryItemItsIndexAndValue() {
        JsonNode output = local.output("m", LocalStates.machine("M", """
                "M":{"Type":"Map","Items":"{% $states.input.list %}","MaxConcurrency":2,
                     "ItemSelector":{"i":"{% $states.context.Map.Item.Index %}","v":"{% $states.context.Map.Item.Value %}"},
                     "ItemProcessor":{"ProcessorConfig":{"Mode":"INLINE"},"StartAt":"T","States":{
                        "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                             "Output":"{% $states.result.v & $string($states.context.Map.Item.Index) %}","End":true}}},
                     "Output":"{% $join($states.result, ',') %}","End":true}"""), "{\"list\":[\"a\",\"b\",\"c\"]}");

        assertThat(output.textValue()).isEqualTo("a0,b1,c2");
    }

    @Test
    void aMapOverNothingGivesAnEmptyArray() {
        JsonNode output = local.output("m", LocalStates.machine("M", """
                "M":{"Type":"Map","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}"""), "[]");

        assertThat(output).isEqualTo(LocalStates.json("[]"));
    }

    @Test
    void aMapToleratesAsManyFailuresAsItSays() {
        String definition = LocalStates.machine("M", """
                "M":{"Type":"Map","MaxConcurrency":1,"ToleratedFailureCount":1,"End":true,
                     "ItemProcessor":{"StartAt":"C","States":{
                        "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input = 0 %}","Next":"F"}],"Default":"S"},
                        "F":{"Type":"Fail","Error":"Zero","Cause":"was 0"},
                        "S":{"Type":"Succeed"}}}}""");

        assertThat(local.output("one", definition, "[1,0,2]"))
                .isEqualTo(LocalStates.json("[1,{\"Error\":\"Zero\",\"Cause\":\"was 0\"},2]"));
        assertThat(local.run("two", definition, "[0,1,0,2]").error())
                .isEqualTo("States.ExceedToleratedFailureThreshold");
    }

    @Test
    void theContextTellsAboutTheExecution() {
        JsonNode output = local.output("m", LocalStates.machine("P", """
                "P":{"Type":"Pass","Output":"{% $states.context %}","End":true}"""), "{\"a\":1}");

        assertThat(output).isEqualTo(LocalStates.json("""
                {"Execution":{"Id":"arn:aws:states:local:000000000000:execution:m:run","Name":"run","Input":{"a":1},
                  "StartTime":"2026-11-23T10:00:00.000Z","RedriveCount":0},
                 "StateMachine":{"Id":"arn:aws:states:local:000000000000:stateMachine:m","Name":"m"},
                 "State":{"Name":"P","EnteredTime":"2026-11-23T10:00:00.000Z","RetryCount":0}}"""));
    }

    @Test
    void anUndefinedResultFailsAndIsRecorded() {
        String execution = local.start("m", LocalStates.machine("P", """
                "P":{"Type":"Pass","Output":"{% $states.input.gone %}","End":true}"""), "{}");

        assertThat(local.end(execution).error()).isEqualTo("States.QueryEvaluationError");
        assertThat(local.types(execution))
                .containsExactly("ExecutionStarted", "PassStateEntered", "EvaluationFailed", "ExecutionFailed");
    }

    @Test
    void aPayloadIsLimitedInBytesNotInCharacters() {
        String definition = LocalStates.machine("P", """
                "P":{"Type":"Pass","Output":"{% $pad('', $states.input.n, '\\u00e9') %}","End":true}""");

        DescribeExecutionResponse fits = local.run("fits", definition, "{\"n\":131071}");
        DescribeExecutionResponse tooLarge = local.run("large", definition, "{\"n\":131072}");

        assertThat(fits.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(tooLarge.error()).isEqualTo("States.DataLimitExceeded");
    }
}
