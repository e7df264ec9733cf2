package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a longer list. The {@code nextToken} is the index at which the next part begins.
 *
 * @param next null on the last page
 */
record Page(List<ObjectNode> items, @Nullable String next) {
    private static final int MOST = 1000;
    private static final int USUAL = 100;

    static Page of(List<ObjectNode> all, JsonNode request) {
        int size = request.path("maxResults").asInt(0);
        if (size < 0 || size > MOST) {
            throw new StatesServiceException(
                    StatesServiceException.Code.VALIDATION,
                    "maxResults: must be between 0 and " + MOST + ", was " + size);
        }
        int from = index(request.path("nextToken").asText("0"), all.size());
        int to = Math.min(all.size(), from + (size == 0 ? USUAL : size));
        return new Page(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }

    private static int index(String token, int size) {
        try {
            int from = Integer.parseInt(token);
            if (from >= 0 && from <= size) {
                return from;
            }
        } catch (NumberFormatException e) {
            throw refusal(token);
        }
        throw refusal(token);
    }

    private static StatesServiceException refusal(String token) {
        return new StatesServiceException(
                StatesServiceException.Code.INVALID_PAGE,
                "nextToken: must be the nextToken of the page before, was '" + token + "'");
    }

    ObjectNode into(ObjectNode response, String field) {
        response.putArray(field).addAll(items);
        return next == null ? response : response.put("nextToken", next);
    }
}
