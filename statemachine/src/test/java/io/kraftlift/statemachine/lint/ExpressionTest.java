package io.kraftlift.statemachine.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dashjoin.jsonata.JException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '\u0007', // no row has it
            nullValues = "-",
            value = {
                "$a -> a",
                "$a.b[$c > 1] -> a c",
                "{'k': $a, $b: [$c, $d]} -> a b c d",
                "$f($a, $g) -> f a g",
                "$x ? $y : $z -> x y z",
                "'$a' & \"$b\" & `$c` -> -",
                "/* $a */ 1 -> -",
                "($v := $a; $v + $w) -> a w",
                "($v := 1; ($u := 2; $v)) + $u -> u",
                "($f := function($n) { $n + $k + $f($n) }; $f(1)) -> k",
                "function($n) { $n }($m) -> m",
                "$map($a, function($v, $i) { $v + $i + $o }) -> map a o",
                "$a@$t#$i.{'t': $t, 'i': $i, 'x': $x} -> a x",
                "$a ~> $f -> a f",
                "$a^(>$b) -> a b",
                "$a{$k: $v} -> a k v",
                "$$.x + $.y -> -",
                "$f(?, $a) -> f a",
                "$a ~> |$b|{'c': $c}, [$d]| -> a b c d",
                "-$a -> a",
                "[$a..$b] -> a b",
                "$match($a, /$b/) -> match a",
            })
    void knowsTheFreeVariables(String query, String names) {
        String expected = names == null ? "" : names;

        assertThat(Expression.parse(query).free())
                .containsExactlyInAnyOrder(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "$states.context.Task.Token, true",
        "{'a': [$string($states.context.Task)]}, true",
        "$states.context.State.Name, false",
        "$states.input.context.Task.Token, false",
    })
    void seesTheUseOfATaskToken(String query, boolean uses) {
        assertThat(Expression.parse(query).usesToken()).isEqualTo(uses);
    }

    @Test
    void countsASubstitutionAsANumber() {
        assertThat(Expression.parse("$a > ${Limit}").free()).containsExactly("a");
    }

    @Test
    void refusesWhatDoesNotParse() {
        assertThatThrownBy(() -> Expression.parse("$a +")).isInstanceOf(JException.class);
    }
}
