package io.kraftlift.statemachine.lint;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Parser;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one {@code {% %}} text refers to.
 *
 * @param free the variables and functions that the expression uses without defining them itself, without the {@code $}
 * @param usesToken whether it reads {@code $states.context.Task}
 */
record Expression(Set<String> free, boolean usesToken) {
    /** A deployment replaces these before JSONata sees them. */
    static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    /** The JSONata inside the delimiters, or nothing when the text is not an expression. */
    static Optional<String> query(String text) {
        boolean expression = text.length() >= 4 && text.startsWith("{%") && text.endsWith("%}");
        return expression ? Optional.of(text.substring(2, text.length() - 2)) : Optional.empty();
    }

    /**
     * Parses JSONata; substitutions count as the number 0.
     *
     * @throws JException when it does not parse
     */
    static Expression parse(String query) {
        Parser.Symbol tree = new Parser().parse(SUBSTITUTION.matcher(query).replaceAll("0"));
        SyntaxWalk walk = new SyntaxWalk();
        walk.visit(tree);
        return new Expression(walk.free(), walk.usesToken());
    }
}
