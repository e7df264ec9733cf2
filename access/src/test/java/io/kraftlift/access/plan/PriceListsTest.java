package io.kraftlift.access.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.plan.artifacts.PriceList;
import io.kraftlift.core.plan.artifacts.PricedThing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PriceListsTest {
    @Test
    void theListThatComesAlongHasEveryPriceWithItsDateAndSource() {
        assertThat(PriceLists.ours().prices()).containsOnlyKeys(PricedThing.values());
    }

    @Test
    void theDocumentsExampleIsAPriceList() throws IOException {
        String document = Files.readString(
                Path.of(System.getProperty("kraftlift.home", "..")).resolve("docs/plan.md"));
        String example = document.substring(document.indexOf("```json") + 7);

        PriceList list = PriceLists.read(
                example.substring(0, example.indexOf("```")).getBytes(StandardCharsets.UTF_8), "docs/plan.md");

        assertThat(list.region()).isEqualTo("eu-central-1");
    }

    @Test
    void refusesAListWithoutAPriceAndOneWithoutADate() {
        refused("{\"format\": 1, \"region\": \"r\", \"prices\": {}}", "lacks [S3_STORAGE_GB_MONTH");
        refused(
                "{\"format\": 1, \"region\": \"r\", \"prices\": {\"S3_READS\": {\"usd\": 1, \"as_of\": \"now\","
                        + " \"source\": \"s\"}}}",
                "as_of must be YYYY-MM");
    }

    private static void refused(String json, String why) {
        assertThatThrownBy(() -> PriceLists.read(json.getBytes(StandardCharsets.UTF_8), "mine.json"))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("mine.json: must be a price list")
                .hasMessageContaining(why);
    }
}
