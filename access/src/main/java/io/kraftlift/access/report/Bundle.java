package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was signed, as a report reads it: what is not there is empty. */
record Bundle(JsonNode json) {
    JsonNode path(String name) {
        return json.path(name);
    }

    Map<String, List<JsonNode>> partitionsByTopic() {
        Map<String, List<JsonNode>> topics = new TreeMap<>();
        for (JsonNode checkpoint : json.path("copied")) {
            fields(checkpoint.path("partitions"))
                    .forEach((partition, progress) -> topics.computeIfAbsent(
                                    partition.substring(0, Math.max(0, partition.lastIndexOf('/'))),
                                    t -> new ArrayList<>())
                            .add(progress));
        }
        return topics;
    }

    long sumOfCopied(String what) {
        return partitionsByTopic().values().stream()
                .flatMap(List::stream)
                .mapToLong(progress -> progress.path(what).asLong())
                .sum();
    }

    String text(String pointer) {
        return json.at(pointer).asText("");
    }

    static Map<String, JsonNode> fields(JsonNode object) {
        Map<String, JsonNode> fields = new TreeMap<>();
        object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
