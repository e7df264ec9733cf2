package io.kraftlift.access.account;

import java.util.Map;

/**
 * A stack of CloudFormation.
 *
 * @param status as CloudFormation names it, such as {@code CREATE_COMPLETE}
 * @param outputs by their names; empty until the stack is complete
 */
public record StackDescription(String status, Map<String, String> outputs) {
    public StackDescription {
        outputs = Map.copyOf(outputs);
    }
}
