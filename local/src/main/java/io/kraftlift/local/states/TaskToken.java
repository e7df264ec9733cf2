package io.kraftlift.local.states;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The secret that answers one waiting Task. Every token has a fixed, recognisable shape, so that it can be blotted out
 * of whatever is recorded. {@link #toString()} does not show it.
 *
 * @param value the secret itself
 */
public record TaskToken(String value) {
    private static final String PREFIX = "kraftlift-local-token-";
    private static final Pattern SHAPE = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    /** Throws {@code InvalidToken} when the text does not have the shape of a token. */
    public TaskToken {
        if (!SHAPE.matcher(value).matches()) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_TOKEN,
                    "taskToken: is not a token of this server; pass the value of $states.context.Task.Token unchanged");
        }
    }

    /** A new token of 256 random bits. */
    static TaskToken next(RandomGenerator random) {
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < 4; i++) {
            text.append(String.format("%016x", random.nextLong()));
        }
        return new TaskToken(text.toString());
    }

    /** The text with every token in it replaced by {@code ***}. */
    static String blotOut(String text) {
        return text.contains(PREFIX) ? SHAPE.matcher(text).replaceAll("***") : text;
    }

    @Override
    public String toString() {
        return "TaskToken[***]";
    }
}
