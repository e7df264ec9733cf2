package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The template of a typical deployment, as it was last reviewed. A change of it is made visible by committing what
 * {@code -Dkraftlift.golden=write} writes. The definitions are left out: they are files of their own, which {@link
 * DefinitionAgainstTemplateIT} compares byte for byte.
 */
class TemplateGoldenIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/typical.template.json");

    @Test
    void isTheOneThatWasReviewed() throws IOException {
        String now = sorted(Synthesis.typical());
        if ("write".equals(System.getProperty("kraftlift.golden"))) {
            Files.createDirectories(GOLDEN.resolveSibling("."));
            Files.writeString(GOLDEN, now);
        }

        assertThat(now).isEqualTo(Files.readString(GOLDEN));
    }

    private static String sorted(Synthesis synthesis) throws IOException {
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
                .build();
        JsonNode template = synthesis.template().deepCopy();
        template.path("Resources").forEach(resource -> {
            if (resource.path("Properties") instanceof ObjectNode properties && properties.has("DefinitionString")) {
                properties.put("DefinitionString", "the file");
            }
        });
        return mapper.writeValueAsString(mapper.convertValue(template, TreeMap.class)) + "\n";
    }
}
