package io.kraftlift.core.accessmap;

import io.kraftlift.core.inventory.AclRule;

/**
 * A rule that has no equal in IAM. A person decides what takes its place.
 *
 * @param reason why there is none, for a person
 */
public record UnmappedRule(AclRule rule, String reason) {}
