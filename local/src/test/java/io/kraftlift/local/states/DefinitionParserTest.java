package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionParserTest {
    private static Definition parse(String definition) {
        return DefinitionParser.parse(LocalStates.json(definition), Set.of("r"));
    }

    @Test
    void readsADefinition() {
        Definition definition = parse("""
                {"QueryLanguage":"JSONata","Comment":"c","StartAt":"A","TimeoutSeconds":7,"States":{
                 "A":{"Type":"Task","Resource":"r.waitForTaskToken","Next":"B"},"B":{"Type":"Succeed"}}}""");

        assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(definition.scope().states().keySet()).containsExactlyInAnyOrder("A", "B");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"Type\":\"Pass\"} | A: must have either Next or \"End\": true",
                "{\"Type\":\"Pass\",\"Next\":\"A\",\"End\":true} | A: must have either Next or \"End\": true",
                "{\"Type\":\"Pass\",\"Next\":\"B\"} | definition: no state is called 'B'",
                "{\"Type\":\"Pass\",\"End\":true,\"InputPath\":\"$\"} | A.InputPath: is not a field here",
                "{\"Type\":\"Pass\",\"End\":true,\"QueryLanguage\":\"JSONPath\"} | A.QueryLanguage: must be JSONata",
                "{\"Type\":\"Pass\",\"End\":true,\"Output\":\"{% ( %}\"} | does not parse",
                "{\"Type\":\"Pass\",\"End\":true,\"Assign\":{\"states\":1}} | 'states' cannot be the name of a variable",
                "{\"Type\":\"Other\"} | A.Type: must be one of",
                "{\"Type\":\"Task\",\"Resource\":\"q\",\"End\":true} | A.Resource: has no plug-in here, was 'q'",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"TimeoutSeconds\":0} | A.TimeoutSeconds: must be",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"TimeoutSeconds\":5,\"HeartbeatSeconds\":5} | smaller than TimeoutSeconds",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[]}]} | A.Retry[0].ErrorEquals: must",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\",\"E\"]}]} | alone",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"E\"]}]} | last entry",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"E\"],\"BackoffRate\":0.5}]} | A.Retry[0].BackoffRate",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":-1}]} | A.Retry[0].MaxAttempts",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":5,\"MaxDelaySeconds\":5}]} | greater than IntervalSeconds",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"E\"],\"JitterStrategy\":\"SOME\"}]} | FULL or NONE",
                "{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Catch\":[{\"ErrorEquals\":[\"E\"]}]} | A.Catch[0].Next: must name a state",
                "{\"Type\":\"Choice\",\"Choices\":[]} | A.Choices: must be an array with at least one rule",
                "{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":true}]} | A.Choices[0].Next: must name a state",
                "{\"Type\":\"Wait\",\"End\":true} | A: must have either Seconds or Timestamp",
                "{\"Type\":\"Parallel\",\"End\":true} | A.Branches: must be an array with at least one branch",
                "{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\"},\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}} | must be INLINE",
                "{\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"C\":{\"Type\":\"Succeed\"}}}} | A.ItemProcessor/C: cannot be reached",
            })
    void refusesWithThePlaceAndTheRule(String state, String expected) {
        assertThatThrownBy(() ->
                        parse("{\"QueryLanguage\":\"JSONata\",\"StartAt\":\"A\",\"States\":{\"A\":" + state + "}}"))
                .isInstanceOfSatisfying(
                        StatesServiceException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(StatesServiceException.Code.INVALID_DEFINITION))
                .hasMessageContaining(expected);
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThatThrownBy(() -> parse("""
                        {"QueryLanguage":"JSONata","StartAt":"A","States":{
                         "A":{"Type":"Pass"},"B":{"Type":"Succeed","Next":"A"}}}"""))
                .hasMessageContaining("A: must have either")
                .hasMessageContaining("B: cannot be reached from StartAt")
                .hasMessageContaining("B.Next: is not a field here");
    }
}
