package io.kraftlift.core.precheck;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskServerless;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scenario files: {@code scenarios/CODE.json} has a list of {@code {name, given, then}}. What is given changes {@code
 * healthy.json}: an object is merged into the object at its place, or into the elements of the list at its place by their
 * {@code name} or {@code id}; everything else takes its place. A list's element whose {@code index} is {@code "a..b"}
 * stands for all of these. What is found is the whole list of findings.
 */
final class Scenarios {
    private static final Pattern RANGE = Pattern.compile("([0-9]+)\\.\\.([0-9]+)");

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addMixIn(MskCluster.class, OneOfTwo.class)
            .addMixIn(MskArn.class, AsText.class)
            .build();

    private Scenarios() {}

    record Scenario(PrecheckCode code, String name, PrecheckFacts given, List<Expected> then) {
        @Override
        public String toString() {
            return code + ": " + name;
        }
    }

    /** A finding; seen and remedy are parts of the texts. */
    record Expected(PrecheckCode code, String subject, String seen, String remedy) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = MskProvisioned.class, name = "provisioned"),
        @JsonSubTypes.Type(value = MskServerless.class, name = "serverless")
    })
    private interface OneOfTwo {}

    private abstract static class AsText {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static @Nullable MskArn of(String unusedText) {
            return null;
        }
    }

    static PrecheckFacts healthy() {
        return facts(read("healthy.json"));
    }

    /** All of every code that has a file. */
    static Stream<Scenario> all() {
        return Arrays.stream(PrecheckCode.values()).flatMap(Scenarios::of);
    }

    private static Stream<Scenario> of(PrecheckCode code) {
        JsonNode file = read("scenarios/" + code + ".json");
        return IntStream.range(0, file.size()).mapToObj(file::get).map(scenario -> scenario(code, scenario));
    }

    private static Scenario scenario(PrecheckCode code, JsonNode scenario) {
        JsonNode facts = merged(read("healthy.json"), scenario.required("given"));
        try {
            return new Scenario(
                    code,
                    scenario.required("name").asText(),
                    facts(facts),
                    List.of(JSON.treeToValue(scenario.required("then"), Expected[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(code + ".json", e);
        }
    }

    private static PrecheckFacts facts(JsonNode tree) {
        try {
            return JSON.treeToValue(tree, PrecheckFacts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(tree.toString(), e);
        }
    }

    private static JsonNode read(String file) {
        try (InputStream in = Scenarios.class.getResourceAsStream(file)) {
            return expanded(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    private static JsonNode merged(JsonNode base, JsonNode change) {
        if (change instanceof ObjectNode object && base instanceof ArrayNode list) {
            return mergedByName(list, object);
        }
        if (!(change instanceof ObjectNode object) || !(base instanceof ObjectNode)) {
            return change;
        }
        if (object.has("reading") && !object.get("reading").equals(base.get("reading"))) {
            return change;
        }
        ObjectNode result = base.deepCopy();
        object.properties()
                .forEach(entry -> result.set(
                        entry.getKey(),
                        result.has(entry.getKey())
                                ? merged(result.get(entry.getKey()), entry.getValue())
                                : entry.getValue()));
        return result;
    }

    private static ArrayNode mergedByName(ArrayNode list, ObjectNode changes) {
        ArrayNode result = JSON.createArrayNode();
        for (JsonNode element : list) {
            String key = Optional.ofNullable(element.get("name"))
                    .orElseGet(() -> element.required("id"))
                    .asText();
            result.add(changes.has(key) ? merged(element, changes.get(key)) : element);
        }
        return result;
    }

    private static JsonNode expanded(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            ObjectNode result = JSON.createObjectNode();
            object.properties().forEach(entry -> result.set(entry.getKey(), expanded(entry.getValue())));
            return result;
        }
        if (!(tree instanceof ArrayNode list)) {
            return tree;
        }
        ArrayNode result = JSON.createArrayNode();
        for (JsonNode element : list) {
            Matcher range = RANGE.matcher(element.path("index").asText());
            if (range.matches()) {
                IntStream.rangeClosed(Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2)))
                        .forEach(index -> result.add(((ObjectNode) element.deepCopy()).put("index", index)));
            } else {
                result.add(expanded(element));
            }
        }
        return result;
    }
}
