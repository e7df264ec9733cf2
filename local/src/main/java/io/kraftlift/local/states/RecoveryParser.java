package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code Retry} and {@code Catch}. */
final class RecoveryParser {
    private static final int MOST_ATTEMPTS = 99_999_999;

    private final Problems problems;

    RecoveryParser(Problems problems) {
        this.problems = problems;
    }

    Recovery parse(String place, JsonNode state) {
        List<Retrier> retriers = new ArrayList<>();
        JsonNode retry = state.path("Retry");
        for (int i = 0; i < retry.size(); i++) {
            retriers.add(retrier(place + ".Retry[" + i + "]", retry.get(i), i == retry.size() - 1));
        }
        List<Catcher> catchers = new ArrayList<>();
        JsonNode catches = state.path("Catch");
        for (int i = 0; i < catches.size(); i++) {
            String at = place + ".Catch[" + i + "]";
            JsonNode entry = catches.get(i);
            if (!entry.path("Next").isTextual()) {
                problems.add(at + ".Next", "must name a state");
            }
            catchers.add(new Catcher(errors(at, entry, i == catches.size() - 1), Exit.of(entry)));
        }
        return new Recovery(retriers, catchers);
    }

    private Retrier retrier(String place, JsonNode entry, boolean last) {
        int interval = whole(place, entry, "IntervalSeconds", 1, 1);
        int attempts = whole(place, entry, "MaxAttempts", 3, 0);
        int maxDelay = whole(place, entry, "MaxDelaySeconds", 0, 1);
        if (entry.has("MaxDelaySeconds") && maxDelay <= interval) {
            problems.add(place + ".MaxDelaySeconds", "must be greater than IntervalSeconds, was " + maxDelay);
        }
        double rate = entry.path("BackoffRate").asDouble(2.0);
        if (entry.has("BackoffRate") && (!entry.get("BackoffRate").isNumber() || rate < 1.0)) {
            problems.add(place + ".BackoffRate", "must be a number of at least 1.0, was " + entry.get("BackoffRate"));
        }
        String jitter = entry.path("JitterStrategy").asText("NONE");
        if (!jitter.equals("FULL") && !jitter.equals("NONE")) {
            problems.add(place + ".JitterStrategy", "must be FULL or NONE, was " + jitter);
        }
        return new Retrier(
                errors(place, entry, last),
                Duration.ofSeconds(interval),
                attempts,
                rate,
                maxDelay == 0 ? null : Duration.ofSeconds(maxDelay),
                jitter.equals("FULL"));
    }

    private int whole(String place, JsonNode entry, String field, int fallback, int least) {
        JsonNode value = entry.get(field);
        if (value == null) {
            return fallback;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > MOST_ATTEMPTS) {
            problems.add(
                    place + "." + field,
                    "must be a whole number between " + least + " and " + MOST_ATTEMPTS + ", was " + value);
            return fallback;
        }
        return value.intValue();
    }

    private ErrorPattern errors(String place, JsonNode entry, boolean last) {
        List<String> names = new ArrayList<>();
        entry.path("ErrorEquals").forEach(name -> names.add(name.asText()));
        if (names.isEmpty()) {
            problems.add(place + ".ErrorEquals", "must be an array with at least one error name");
        }
        if (names.contains(StateFailure.ALL) && (names.size() > 1 || !last)) {
            problems.add(place + ".ErrorEquals", "States.ALL must be alone and in the last entry");
        }
        return new ErrorPattern(names);
    }
}
