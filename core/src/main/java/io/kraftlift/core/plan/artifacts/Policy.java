package io.kraftlift.core.plan.artifacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** An IAM policy for one role, in IAM's own words. */
public record Policy(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<PolicyStatement> statement) {
    public Policy {
        statement = List.copyOf(statement);
    }

    static Policy of(List<PolicyStatement> statements) {
        // The version of IAM's policy language; there is no newer one.
        return new Policy("2012-10-17", statements);
    }
}
