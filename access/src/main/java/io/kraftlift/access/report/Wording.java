package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers, sizes, times and names as a report says them. */
final class Wording {
    private Wording() {}

    static String numbers(JsonNode facts) {
        List<String> words = new ArrayList<>();
        Bundle.fields(facts)
                .forEach((name, value) ->
                        words.add(words(name) + " " + (value.isNumber() ? number(value.asLong()) : value.asText())));
        return String.join(" · ", words);
    }

    static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String bytes(long value) {
        List<String> units = List.of("B", "KB", "MB", "GB", "TB", "PB");
        double rest = value;
        int unit = 0;
        while (rest >= 1000 && unit < units.size() - 1) {
            rest /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", rest, units.get(unit));
    }

    static String seconds(long millis) {
        Duration duration = Duration.ofMillis(millis);
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
    }

    /** To the millisecond, in UTC. */
    static String time(String iso) {
        try {
            return Instant.ofEpochMilli(Instant.parse(iso).toEpochMilli())
                    .toString()
                    .replace('T', ' ')
                    .replace("Z", " UTC");
        } catch (DateTimeException e) {
            return iso;
        }
    }
}
