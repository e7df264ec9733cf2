package io.kraftlift.core.accessmap;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/** A policy that IAM takes as it is, for a managed policy. */
public record IamPolicy(
        @JsonProperty("Version") String version,
        @JsonProperty("Statement") List<IamStatement> statements) {
    /** The language's newest version. */
    private static final String VERSION = "2012-10-17";

    /** IAM and STS quotas: a managed policy has at most 6,144 characters, white space not counted. */
    static final int MOST_CHARS = 6_144;

    /** {"Statement":[],"Version":"2012-10-17"} */
    private static final int FRAME_CHARS = 40;

    /** A third of a policy, so that statements fill policies well. */
    private static final int RESOURCE_CHARS = 2_000;

    public IamPolicy {
        statements = List.copyOf(statements);
    }

    /** As few policies as it takes in this order; a statement with many resources is spread over several. */
    static List<IamPolicy> holding(List<IamStatement> statements) {
        List<IamPolicy> policies = new ArrayList<>();
        List<IamStatement> open = new ArrayList<>();
        int chars = FRAME_CHARS;
        for (IamStatement whole : statements) {
            for (List<String> resources : spread(whole.resources())) {
                IamStatement part = new IamStatement(
                        whole.effect() + (open.size() + 1), whole.effect(), whole.actions(), resources);
                if (chars + part.chars() > MOST_CHARS) {
                    policies.add(new IamPolicy(VERSION, open));
                    open.clear();
                    chars = FRAME_CHARS;
                    part = new IamStatement(whole.effect() + "1", whole.effect(), whole.actions(), resources);
                }
                open.add(part);
                chars += part.chars();
            }
        }
        if (!open.isEmpty()) {
            policies.add(new IamPolicy(VERSION, open));
        }
        return policies;
    }

    private static List<List<String>> spread(List<String> resources) {
        List<List<String>> parts = new ArrayList<>();
        int chars = RESOURCE_CHARS;
        for (String resource : resources) {
            int more = IamStatement.chars(List.of(resource));
            if (chars + more > RESOURCE_CHARS) {
                parts.add(new ArrayList<>());
                chars = 0;
            }
            parts.get(parts.size() - 1).add(resource);
            chars += more;
        }
        return parts;
    }
}
