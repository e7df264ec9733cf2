package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.AclRule;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Access rules in our words and in the client's. */
final class AclBindings {
    private AclBindings() {}

    static AclRule rule(AclBinding binding) {
        return new AclRule(
                binding.pattern().resourceType().name(),
                binding.pattern().name(),
                binding.pattern().patternType().name(),
                binding.entry().principal(),
                binding.entry().host(),
                binding.entry().operation().name(),
                binding.entry().permissionType().name());
    }

    static AclBinding binding(AclRule rule) {
        return new AclBinding(
                new ResourcePattern(
                        ResourceType.valueOf(rule.resourceType()),
                        rule.name(),
                        PatternType.valueOf(rule.patternType())),
                new AccessControlEntry(
                        rule.principal(),
                        rule.host(),
                        AclOperation.valueOf(rule.operation()),
                        AclPermissionType.valueOf(rule.permission())));
    }
}
