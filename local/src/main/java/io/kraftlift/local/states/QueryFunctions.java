package io.kraftlift.local.states;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The functions that Step Functions adds to JSONata (developer guide, "Transforming data with JSONata"), and the refusal
 * of {@code $eval}, which it takes away.
 */
final class QueryFunctions {
    private static final ObjectReader STRICT =
            new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<String> DIGESTS = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");
    /** The most elements that $range gives. */
    private static final int RANGE = 1000;

    private final RandomGenerator random;

    QueryFunctions(RandomGenerator random) {
        this.random = random;
    }

    void bindTo(Jsonata.Frame frame) {
        bind(frame, "partition", 2, 2, this::partition);
        bind(frame, "range", 3, 3, this::range);
        bind(frame, "hash", 2, 2, this::hash);
        bind(frame, "random", 0, 1, this::random);
        bind(frame, "uuid", 0, 0, args -> uuid());
        bind(frame, "parse", 1, 1, this::parse);
        bind(frame, "eval", 0, Integer.MAX_VALUE, args -> {
            throw new IllegalArgumentException("$eval is not available in Step Functions; use $parse for JSON text");
        });
    }

    private interface Body {
        Object call(List<?> args);
    }

    private static void bind(Jsonata.Frame frame, String name, int least, int most, Body body) {
        Jsonata.JFunctionCallable callable = (input, args) -> {
            List<?> given = args;
            if (given.size() < least || given.size() > most) {
                throw new IllegalArgumentException("$" + name + ": takes " + least
                        + (least == most ? "" : " to " + most) + " arguments, was given " + given.size());
            }
            return body.call(given);
        };
        frame.bind(name, new Jsonata.JFunction(callable, null));
    }

    private List<List<Object>> partition(List<?> args) {
        List<?> whole = args.get(0) instanceof List<?> list ? list : List.of(present("$partition", args.get(0)));
        int size = (int) whole("$partition", args.get(1));
        if (size < 1) {
            throw new IllegalArgumentException("$partition: the size must be at least 1, was " + size);
        }
        List<List<Object>> parts = new ArrayList<>();
        for (int from = 0; from < whole.size(); from += size) {
            parts.add(new ArrayList<>(whole.subList(from, Math.min(whole.size(), from + size))));
        }
        return parts;
    }

    private List<Object> range(List<?> args) {
        long first = whole("$range", args.get(0));
        long last = whole("$range", args.get(1));
        long step = whole("$range", args.get(2));
        if (step == 0) {
            throw new IllegalArgumentException("$range: the step must not be 0");
        }
        if ((last - first) / step >= RANGE) {
            throw new IllegalArgumentException("$range: must give at most " + RANGE + " numbers");
        }
        List<Object> numbers = new ArrayList<>();
        for (long at = first; step > 0 ? at <= last : at >= last; at += step) {
            numbers.add(at);
        }
        return numbers;
    }

    private String hash(List<?> args) {
        String algorithm = text("$hash", args.get(1));
        if (!DIGESTS.contains(algorithm)) {
            throw new IllegalArgumentException("$hash: the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and"
                    + " SHA-512, was '" + algorithm + "'");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of()
                    .formatHex(digest.digest(text("$hash", args.get(0)).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }

    private Double random(List<?> args) {
        return args.isEmpty() ? random.nextDouble() : new Random(whole("$random", args.get(0))).nextDouble();
    }

    private String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private Object parse(List<?> args) {
        String json = text("$parse", args.get(0));
        try {
            return QueryValues.toEngine(STRICT.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("$parse: is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(String function, Object value) {
        if (present(function, value) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(function + ": must be a string, was " + value);
    }

    private static long whole(String function, Object value) {
        if (present(function, value) instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.longValue();
        }
        throw new IllegalArgumentException(function + ": must be a whole number, was " + value);
    }

    private static Object present(String function, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(function + ": an argument is undefined");
        }
        return value;
    }
}
