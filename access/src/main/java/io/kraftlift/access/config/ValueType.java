package io.kraftlift.access.config;

import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.Secret;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a setting's text may be.
 *
 * @param words completes "must be": {@code a duration from 1s to 7d}
 * @param example a text that is allowed
 * @param parser empty for a text that is not allowed
 * @param canonical the one way in which a value stands in the canonical JSON: a text, a number
 */
record ValueType<T>(String words, String example, Function<String, Optional<T>> parser, Function<T, Object> canonical) {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,18})([a-zA-Z]*)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final List<String> DURATION_ORDER = List.of("d", "h", "m", "s", "ms");
    private static final Map<String, Long> SIZE_UNITS = Map.of(
            "", 1L,
            "B", 1L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "TiB", 1L << 40);

    Optional<T> parse(String text) {
        return parser.apply(text);
    }

    /** A text that matches the whole pattern. */
    static ValueType<String> text(Pattern pattern, String words, String example) {
        return new ValueType<>(
                words,
                example,
                text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()),
                text -> text);
    }

    /** Any text but the empty one. */
    static ValueType<String> anyText(String words, String example) {
        return text(Pattern.compile("(?s).+"), words, example);
    }

    /** Any text but the empty one; it shows nowhere. */
    static ValueType<Secret> secret(String reference) {
        return new ValueType<>(
                "a secret, best as a reference",
                reference,
                text -> text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text)),
                secret -> "***");
    }

    /** One of the constants' words: lower case, with underscores. */
    static <E extends Enum<E>> ValueType<E> oneOf(E[] constants) {
        return choice(Arrays.stream(constants).collect(Collectors.toMap(ValueType::wordOf, Function.identity())));
    }

    /** One of the words. */
    static <T> ValueType<T> choice(Map<String, T> byWord) {
        List<String> sorted = byWord.keySet().stream().sorted().toList();
        String words = sorted.size() == 1
                ? sorted.get(0) + " (the only choice in this version)"
                : "one of " + String.join(", ", sorted);
        Map<T, String> wordOf =
                byWord.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        return new ValueType<>(
                words,
                sorted.get(0),
                text -> Optional.ofNullable(byWord.get(text)),
                value -> wordOf.getOrDefault(value, ""));
    }

    static ValueType<Long> wholeNumber(long least, long most) {
        return new ValueType<>(
                "a whole number from " + least + " to " + most,
                Long.toString(least),
                text -> WHOLE.matcher(text).matches()
                        ? bounded(new BigInteger(text), least, most)
                        : Optional.<Long>empty(),
                value -> value);
    }

    /** Sums of amounts with a unit, largest unit first, each unit once: {@code 500ms}, {@code 30m}, {@code 1h30m}. */
    static ValueType<Duration> duration(String least, String most) {
        Duration from = durationOf(least).orElseThrow();
        Duration to = durationOf(most).orElseThrow();
        return new ValueType<>(
                "a duration from " + least + " to " + most,
                "30m".equals(least) ? "1h30m" : "30m",
                text -> durationOf(text).filter(d -> d.compareTo(from) >= 0 && d.compareTo(to) <= 0),
                Duration::toString);
    }

    /** Days, weeks or years: {@code 30d}, {@code 12w}, {@code 7y}; 1 day to 100 years. */
    static ValueType<Period> period() {
        return new ValueType<>(
                "a period from 1d to 100y in days, weeks or years", "7y", ValueType::periodOf, Period::toString);
    }

    /** A number of bytes with or without a binary unit: {@code 33554432}, {@code 32MiB}. */
    static ValueType<ByteSize> size(String least, String most) {
        long from = sizeOf(least).orElseThrow();
        long to = sizeOf(most).orElseThrow();
        return new ValueType<>(
                "a size from " + least + " to " + most + " (B, KiB, MiB, GiB, TiB)",
                "32MiB",
                text -> sizeOf(text).filter(s -> s >= from && s <= to).map(ByteSize::new),
                ByteSize::bytes);
    }

    /** An http or https address without credentials in it. */
    static ValueType<URI> webAddress() {
        return new ValueType<>(
                "an http or https address without user information",
                "https://internal-api.example.com/kafka/freeze",
                ValueType::webAddressOf,
                URI::toString);
    }

    private static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Long> bounded(BigInteger value, long least, long most) {
        return value.compareTo(BigInteger.valueOf(least)) >= 0 && value.compareTo(BigInteger.valueOf(most)) <= 0
                ? Optional.of(value.longValueExact())
                : Optional.empty();
    }

    private static Optional<Duration> durationOf(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return Optional.empty();
        }
        Matcher amounts = AMOUNT.matcher(text);
        Duration sum = Duration.ZERO;
        int lastUnit = -1;
        int at = 0;
        while (at < text.length()) {
            if (!amounts.find(at) || amounts.start() != at) {
                return Optional.empty();
            }
            int unit = DURATION_ORDER.indexOf(amounts.group(2));
            if (unit <= lastUnit) {
                return Optional.empty();
            }
            lastUnit = unit;
            try {
                sum = sum.plus(DURATION_UNITS
                        .getOrDefault(amounts.group(2), Duration.ZERO)
                        .multipliedBy(Long.parseLong(amounts.group(1))));
            } catch (ArithmeticException e) {
                return Optional.empty();
            }
            at = amounts.end();
        }
        return Optional.of(sum);
    }

    private static Optional<Period> periodOf(String text) {
        Matcher amount = Pattern.compile("([0-9]{1,5})([dwy])").matcher(text);
        if (!amount.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(amount.group(1));
        Period period = switch (amount.group(2)) {
            case "d" -> Period.ofDays(number);
            case "w" -> Period.ofWeeks(number);
            default -> Period.ofYears(number);
        };
        // A year counted as 365 days: only the bound is meant.
        long days = period.getYears() * 365L + period.getDays();
        return days >= 1 && days <= 36_500 ? Optional.of(period) : Optional.empty();
    }

    private static Optional<Long> sizeOf(String text) {
        Matcher amount = AMOUNT.matcher(text);
        if (!amount.matches() || !SIZE_UNITS.containsKey(amount.group(2))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    Math.multiplyExact(Long.parseLong(amount.group(1)), SIZE_UNITS.getOrDefault(amount.group(2), 1L)));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> webAddressOf(String text) {
        try {
            URI address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && address.getHost() != null && address.getRawUserInfo() == null
                    ? Optional.of(address)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
