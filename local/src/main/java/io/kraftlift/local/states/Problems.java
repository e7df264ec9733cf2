package io.kraftlift.local.states;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a definition, each with its place; all of it is told at once. Confined to one parse. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void add(String place, String problem) {
        found.add(place + ": " + problem);
    }

    /** Throws {@code InvalidDefinition} when anything was found. */
    void refuse() {
        if (!found.isEmpty()) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_DEFINITION,
                    "SCHEMA_VALIDATION_FAILED: " + String.join("; ", found));
        }
    }
}
