package io.kraftlift.access.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.stores.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The one way in which documents are written and read: snake_case names, properties and map keys in alphabetical order,
 * ISO instants, no null members; unknown and duplicate members are refused, and so is a document that lacks a member which
 * the record does not mark {@code @Nullable}.
 */
public final class Documents {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .annotationIntrospector(new RequiredUnlessNullable())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    private Documents() {}

    /** The mapper itself, for callers that work on trees. It must not be reconfigured. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    public static byte[] write(Object document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(
                    FailureName.DEFECT, "a " + document.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    public static String writeText(Object document) {
        return new String(write(document), StandardCharsets.UTF_8);
    }

    public static JsonNode tree(Object document) {
        return MAPPER.valueToTree(document);
    }

    /**
     * Reads a document.
     *
     * @param place what is being read, for the message
     * @throws InvariantBroken OBJECT_DAMAGED when it is not such a document, OBJECT_VERSION_UNKNOWN when it is one of
     *     another {@link Format}
     */
    public static <T> T read(byte[] json, Class<T> type, String place) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            requireKnownVersion(json, type, place);
            throw damaged(place, type.getSimpleName(), e);
        }
    }

    private static void requireKnownVersion(byte[] json, Class<?> type, String place) {
        Format known = type.getAnnotation(Format.class);
        if (known == null) {
            return;
        }
        JsonNode version;
        try {
            version = MAPPER.readTree(json).path("format");
        } catch (IOException e) {
            return; // not JSON at all, and so damaged
        }
        if (version.isInt() && version.intValue() != known.value()) {
            throw new InvariantBroken(
                    FailureName.OBJECT_VERSION_UNKNOWN,
                    place + ": format must be " + known.value() + ", was " + version
                            + "; nothing was changed, use the version of kraftlift that wrote it");
        }
    }

    /** Like {@link #read(byte[], Class, String)}, for generic types. */
    public static <T> T read(byte[] json, TypeReference<T> type, String place) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw damaged(place, type.getType().getTypeName(), e);
        }
    }

    private static InvariantBroken damaged(String place, String type, IOException cause) {
        return new InvariantBroken(
                FailureName.OBJECT_DAMAGED,
                place + ": must be a " + type + " as JSON, but: " + cause.getMessage() + "; nothing was changed",
                cause);
    }
}
