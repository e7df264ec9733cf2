package io.kraftlift.core.inventory;

import java.util.Comparator;
import java.util.stream.Stream;

/**
 * An access rule, in Kafka's own words: {@code TOPIC}, {@code PREFIXED}, {@code READ}, {@code ALLOW}.
 *
 * @param name the resource's name or prefix; {@code *} for all
 */
public record AclRule(
        String resourceType,
        String name,
        String patternType,
        String principal,
        String host,
        String operation,
        String permission)
        implements Comparable<AclRule> {
    private static final String UNKNOWN = "UNKNOWN";

    private static final Comparator<AclRule> ORDER = Comparator.comparing(AclRule::resourceType)
            .thenComparing(AclRule::name)
            .thenComparing(AclRule::patternType)
            .thenComparing(AclRule::principal)
            .thenComparing(AclRule::host)
            .thenComparing(AclRule::operation)
            .thenComparing(AclRule::permission);

    /** Whether this program has a word for every part of the rule; what newer brokers added it reads as UNKNOWN. */
    public boolean understood() {
        return Stream.of(resourceType, patternType, operation, permission).noneMatch(UNKNOWN::equals);
    }

    @Override
    public int compareTo(AclRule other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return permission + " " + principal + " from " + host + " to " + operation + " " + resourceType + " "
                + patternType + ":" + name;
    }
}
