package io.kraftlift.core.inventory;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kafka release as {@code major.minor}. */
public record KafkaRelease(int major, int minor) implements Comparable<KafkaRelease> {
    private static final Comparator<KafkaRelease> ORDER =
            Comparator.comparingInt(KafkaRelease::major).thenComparingInt(KafkaRelease::minor);
    private static final Pattern LEADING = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:[.-].*)?");

    /**
     * The last level of {@code metadata.version} of each release, ascending, from Kafka's enum {@code MetadataVersion}.
     * A level above the last one belongs to a release that is newer than this list.
     */
    private static final List<LastLevel> LAST_LEVELS = List.of(
            new LastLevel(1, of(3, 0)),
            new LastLevel(2, of(3, 1)),
            new LastLevel(3, of(3, 2)),
            new LastLevel(7, of(3, 3)),
            new LastLevel(8, of(3, 4)),
            new LastLevel(11, of(3, 5)),
            new LastLevel(14, of(3, 6)),
            new LastLevel(19, of(3, 7)),
            new LastLevel(20, of(3, 8)),
            new LastLevel(21, of(3, 9)),
            new LastLevel(25, of(4, 0)),
            new LastLevel(27, of(4, 1)),
            new LastLevel(29, of(4, 2)),
            new LastLevel(30, of(4, 3)));

    public KafkaRelease {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("Kafka release: must be 0.0 or above, was " + major + "." + minor);
        }
    }

    public static KafkaRelease of(int major, int minor) {
        return new KafkaRelease(major, minor);
    }

    /** Reads {@code 3.9}, and also {@code 3.9.2} and {@code 3.9-IV0}, of which only the first two numbers are kept. */
    @JsonCreator
    public static KafkaRelease parse(String text) {
        Matcher matcher = LEADING.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Kafka release: must begin with major.minor, was \"" + text + "\"");
        }
        return of(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The release whose newest metadata version is {@code level}; a level above all known ones counts as the newest. */
    public static Optional<KafkaRelease> ofMetadataLevel(int level) {
        if (level < 1) {
            return Optional.empty();
        }
        return Optional.of(LAST_LEVELS.stream()
                .filter(last -> level <= last.level())
                .findFirst()
                .orElse(LAST_LEVELS.get(LAST_LEVELS.size() - 1))
                .release());
    }

    @Override
    public int compareTo(KafkaRelease other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return major + "." + minor;
    }

    private record LastLevel(int level, KafkaRelease release) {}
}
