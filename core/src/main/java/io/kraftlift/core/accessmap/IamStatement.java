package io.kraftlift.core.accessmap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A statement of an IAM policy (IAM User Guide, "Grammar of the IAM JSON policy language").
 *
 * @param sid letters and digits, unique in its policy
 * @param effect {@code Allow} or {@code Deny}
 */
public record IamStatement(
        @JsonProperty("Sid") String sid,
        @JsonProperty("Effect") String effect,
        @JsonProperty("Action") List<String> actions,
        @JsonProperty("Resource") List<String> resources) {
    /** Braces, member names, colons and commas: {"Action":[],"Effect":"","Resource":[],"Sid":""}, and one to the next. */
    private static final int FRAME_CHARS = 50;

    /** Two quotation marks and a comma. */
    private static final int AROUND_NAME_CHARS = 3;

    public IamStatement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
    }

    /** How many characters it has in a policy, without white space and at most. */
    int chars() {
        return FRAME_CHARS + sid.length() + effect.length() + chars(actions) + chars(resources);
    }

    static int chars(List<String> names) {
        return names.stream()
                .mapToInt(name -> name.length() + AROUND_NAME_CHARS)
                .sum();
    }
}
