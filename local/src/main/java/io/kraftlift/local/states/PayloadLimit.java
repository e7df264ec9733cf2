package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** The service's limit on what states pass to each other: 256 KiB of UTF-8. */
final class PayloadLimit {
    static final int BYTES = 256 * 1024;

    private PayloadLimit() {}

    /** Gives the payload back, or fails with {@code States.DataLimitExceeded}. */
    static JsonNode require(String what, JsonNode payload) throws StateFailure {
        int size = size(payload);
        if (size > BYTES) {
            throw new StateFailure(
                    StateFailure.DATA_LIMIT_EXCEEDED,
                    what + ": must be at most " + BYTES + " bytes of UTF-8, was " + size
                            + "; pass a reference to the data instead");
        }
        return payload;
    }

    static int size(JsonNode payload) {
        return payload.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
