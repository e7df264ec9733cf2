package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** Fields that are a whole number of seconds, written as such or as an expression. */
final class Seconds {
    /** The service's limit, a little more than three years. */
    static final int MOST = 99_999_999;

    private Seconds() {}

    static Duration evaluate(String field, JsonNode template, int least, Query query) throws StateFailure {
        JsonNode value = query.evaluate(template);
        if (!within(value, least)) {
            throw new StateFailure(
                    StateFailure.QUERY_EVALUATION_ERROR,
                    field + ": must be a whole number between " + least + " and " + MOST + ", was " + value);
        }
        return Duration.ofSeconds(value.longValue());
    }

    static boolean within(JsonNode value, int least) {
        return value.isIntegralNumber() && value.longValue() >= least && value.longValue() <= MOST;
    }
}
