package io.kraftlift.access.cutover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What led to a step, as the state machine hands it over.
 *
 * @param error an error's name; null when there was none
 * @param text a sentence, or a Lambda's error as JSON of which {@code errorMessage} is the sentence; null when there is none
 */
public record Cause(@Nullable String error, @Nullable String text) {
    /** A journal line is for reading; the whole cause is in the execution's history. */
    private static final int LONGEST = 1_000;

    /** As facts of the journal. */
    Map<String, String> facts() {
        return Map.of("error", error == null ? "none" : error, "cause", sentence());
    }

    /** The cause in a sentence. */
    String sentence() {
        if (text == null) {
            return "none";
        }
        String sentence = text;
        try {
            JsonNode message = Documents.mapper().readTree(text).path("errorMessage");
            if (message.isTextual()) {
                sentence = message.textValue();
            }
        } catch (JsonProcessingException e) {
            // Not JSON: the text is the sentence.
            sentence = text;
        }
        return sentence.length() > LONGEST ? sentence.substring(0, LONGEST) + "…" : sentence;
    }
}
