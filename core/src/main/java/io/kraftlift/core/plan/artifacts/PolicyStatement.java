package io.kraftlift.core.plan.artifacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement of an IAM policy that allows something, in IAM's own words.
 *
 * @param condition by operator and key; null when there is none
 */
public record PolicyStatement(
        @JsonProperty("Sid") String sid,
        @JsonProperty("Effect") String effect,
        @JsonProperty("Action") List<String> action,
        @JsonProperty("Resource") List<String> resource,
        @JsonProperty("Condition") @Nullable Map<String, Map<String, List<String>>> condition) {
    public PolicyStatement {
        action = action.stream().sorted().toList();
        resource = resource.stream().sorted().toList();
    }

    static PolicyStatement allow(String sid, List<String> action, Collection<String> resource) {
        return new PolicyStatement(sid, "Allow", action, List.copyOf(resource), null);
    }

    PolicyStatement when(String operator, String key, List<String> values) {
        return new PolicyStatement(sid, effect, action, resource, Map.of(operator, Map.of(key, values)));
    }
}
