package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    private final Query query = Query.of(
            LocalStates.json("{\"a\":1,\"none\":null,\"list\":[1,null,\"x\"],\"big\":9007199254740993,\"half\":0.5}"),
            LocalStates.json("{\"State\":{\"Name\":\"S\"}}"),
            Map.of("topics", LocalStates.json("[\"t1\",\"t2\"]"), "nothing", LocalStates.json("null")),
            new QueryFunctions(RandomGeneratorFactory.of("L64X128MixRandom").create(7)));

    private JsonNode value(String expression) throws StateFailure {
        return query.evaluate(LocalStates.json("\"{% " + expression.replace("\"", "\\\"") + " %}\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "$states.input.a + 1 | 2",
                "$states.input | {\"a\":1,\"none\":null,\"list\":[1,null,\"x\"],\"big\":9007199254740993,\"half\":0.5}",
                "$states.input.none | null",
                "$states.input.none = null | true",
                "$nothing | null",
                "$exists($states.input.gone) | false",
                "$states.input.half * 4 | 2",
                "$states.context.State.Name | \"S\"",
                "$count($topics) | 2",
                "{'kept': $states.input.none, 'gone': $states.input.gone} | {\"kept\":null}",
                "$merge([{'x': 1}, {'y': 2}]) | {\"x\":1,\"y\":2}",
                "$partition([1,2,3,4,5], 2) | [[1,2],[3,4],[5]]",
                "$range(1, 9, 4) | [1,5,9]",
                "$range(3, 1, -1) | [3,2,1]",
                "$hash('abc', 'MD5') | \"900150983cd24fb0d6963f7d28e17f72\"",
                "$parse('{\"x\":[null]}') | {\"x\":[null]}",
                "$random(5) = $random(5) | true",
                "$string($states.input.list) | \"[1,null,\\\"x\\\"]\"",
            })
    void evaluatesLikeTheService(String expression, String expected) throws StateFailure {
        assertThat(value(expression)).isEqualTo(LocalStates.json(expected));
    }

    @Test
    void fillsExpressionsInsideObjectsAndArraysAndLeavesOtherTextAlone() throws StateFailure {
        JsonNode template = LocalStates.json(
                "{\"sum\":\"{% $states.input.a + 2 %}\",\"plain\":\"a {% b %} c\",\"list\":[\"{% $topics[0] %}\",3]}");

        assertThat(query.evaluate(template))
                .isEqualTo(LocalStates.json("{\"sum\":3,\"plain\":\"a {% b %} c\",\"list\":[\"t1\",3]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.gone",
                "$unassigned",
                "$states.input.a + 'x'",
                "$uppercase",
                "$eval('1')",
                "$parse('{')",
                "$partition([1], 0)",
                "$range(1, 2, 0)",
                "$range(1, 2000, 1)",
                "$hash('abc', 'CRC')",
                "$error('stop')",
                "(",
                "($f := function($n) { $f($n + 1) }; 1 + $f(1))",
            })
    void failsWithAQueryEvaluationError(String expression) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOfSatisfying(
                        StateFailure.class,
                        failure -> assertThat(failure.error()).isEqualTo("States.QueryEvaluationError"))
                .hasMessageContaining(expression);
    }

    @Test
    void givesUuidsOfVersionFour() throws StateFailure {
        assertThat(value("$uuid()").textValue())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                .isNotEqualTo(value("$uuid()").textValue());
    }
}
