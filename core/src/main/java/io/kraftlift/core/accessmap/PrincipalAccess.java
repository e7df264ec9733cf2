package io.kraftlift.core.accessmap;

import java.util.List;

/**
 * What a principal of the source may do, in IAM's words.
 *
 * @param principal as Kafka writes it: {@code User:ann}
 * @param attachTo whom the policies are for, for a person
 * @param policies each within IAM's limit of size, all of them to be attached; empty when no rule has an equal
 */
public record PrincipalAccess(
        String principal, String attachTo, List<IamPolicy> policies, List<UnmappedRule> unmapped) {
    public PrincipalAccess {
        policies = List.copyOf(policies);
        unmapped = List.copyOf(unmapped);
    }
}
