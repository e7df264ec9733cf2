package io.kraftlift.core.inventory;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A cluster's access rules: they, the fact that it has no authorizer, or why they could not be read. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "authorizer")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AclReading.Rules.class, name = "present"),
    @JsonSubTypes.Type(value = AclReading.NoAuthorizer.class, name = "none"),
    @JsonSubTypes.Type(value = AclReading.Unreadable.class, name = "unreadable")
})
public sealed interface AclReading {
    /** The rules in order; may be empty. */
    record Rules(List<AclRule> rules) implements AclReading {
        public Rules {
            rules = rules.stream().sorted().distinct().toList();
        }

        @Override
        public <R> R fold(
                Function<List<AclRule>, R> present, Supplier<R> noAuthorizer, Function<String, R> unreadable) {
            return present.apply(rules);
        }
    }

    /** The cluster checks nothing. */
    record NoAuthorizer() implements AclReading {
        @Override
        public <R> R fold(
                Function<List<AclRule>, R> present, Supplier<R> noAuthorizer, Function<String, R> unreadable) {
            return noAuthorizer.get();
        }
    }

    /**
     * The cluster did not say.
     *
     * @param why a sentence for people
     */
    record Unreadable(String why) implements AclReading {
        @Override
        public <R> R fold(
                Function<List<AclRule>, R> present, Supplier<R> noAuthorizer, Function<String, R> unreadable) {
            return unreadable.apply(why);
        }
    }

    <R> R fold(Function<List<AclRule>, R> present, Supplier<R> noAuthorizer, Function<String, R> unreadable);
}
