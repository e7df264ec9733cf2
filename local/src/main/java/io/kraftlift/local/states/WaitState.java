package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A pause.
 *
 * @param seconds how long, null where {@code timestamp} says until when
 * @param timestamp until when, null where {@code seconds} says how long
 */
record WaitState(
        String name, @Nullable JsonNode seconds, @Nullable JsonNode timestamp, Exit exit) implements State {
    @Override
    public String type() {
        return "Wait";
    }

    @Override
    public Recovery recovery() {
        return Recovery.NONE;
    }

    @Override
    public Exit.Taken run(Visit visit) throws StateFailure, InterruptedException {
        Surroundings surroundings = visit.run().surroundings();
        surroundings.sleeper().sleep(pause(visit.query(), surroundings.clock()));
        return exit.take(visit.query(), visit.query().input());
    }

    private Duration pause(Query query, Clock clock) throws StateFailure {
        if (seconds != null) {
            return Seconds.evaluate(name + ".Seconds", seconds, 0, query);
        }
        JsonNode until = query.evaluate(timestamp, query.input());
        try {
            Instant moment = OffsetDateTime.parse(until.asText()).toInstant();
            return Duration.between(clock.instant(), moment);
        } catch (DateTimeException e) {
            throw new StateFailure(
                    StateFailure.QUERY_EVALUATION_ERROR,
                    name + ".Timestamp: must be a date and time of ISO 8601 with an offset, was " + until);
        }
    }
}
