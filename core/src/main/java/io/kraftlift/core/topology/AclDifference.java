package io.kraftlift.core.topology;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.ClusterSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the access rules of two clusters differ.
 *
 * @param missing rules to create on the target
 * @param superfluous rules to delete on the target
 * @param onlyOnTarget rules that the source has not and that stay
 */
record AclDifference(
        List<AclRule> missing, List<AclRule> superfluous, List<AclRule> onlyOnTarget, List<String> remarks) {
    private static final String UNKNOWN = "UNKNOWN";

    static AclDifference between(AclReading source, AclReading target, DriftPolicies policies) {
        return source.fold(
                rules -> ontoTarget(rules, target, policies),
                () -> nothing("the source has no authorizer: no ACLs are copied, none are deleted"),
                why -> {
                    throw unreadable(ClusterSide.SOURCE, why);
                });
    }

    private static AclDifference ontoTarget(List<AclRule> source, AclReading target, DriftPolicies policies) {
        return target.fold(
                rules -> compared(source, rules, policies),
                () -> nothing(
                        source.isEmpty()
                                ? "neither cluster needs ACLs: the source has none, the target has no authorizer"
                                : "the target has no authorizer: " + source.size()
                                        + " ACLs of the source are not copied"),
                why -> {
                    throw unreadable(ClusterSide.TARGET, why);
                });
    }

    private static AclDifference compared(List<AclRule> source, List<AclRule> target, DriftPolicies policies) {
        List<String> remarks = new ArrayList<>();
        Set<AclRule> missing = new TreeSet<>();
        for (AclRule rule : source) {
            if (rule.resourceType().equals(UNKNOWN) || rule.operation().equals(UNKNOWN)) {
                remarks.add("ACL is left out, this program does not know its kind: " + rule);
            } else {
                missing.add(rule);
            }
        }
        target.forEach(missing::remove);
        Set<AclRule> extra = new TreeSet<>(target);
        source.forEach(extra::remove);
        Set<AclRule> superfluous = new TreeSet<>();
        if (policies.onAclDrift() == AclDrift.OVERWRITE) {
            extra.stream()
                    .filter(rule -> !policies.ownPrincipals().contains(rule.principal()))
                    .forEach(superfluous::add);
            extra.removeAll(superfluous);
        }
        if (policies.onAclDrift() == AclDrift.REPORT && !extra.isEmpty()) {
            remarks.add(extra.size() + " ACLs are on the target only, see acls_only_on_target");
        }
        return new AclDifference(List.copyOf(missing), List.copyOf(superfluous), List.copyOf(extra), remarks);
    }

    private static AclDifference nothing(String remark) {
        return new AclDifference(List.of(), List.of(), List.of(), List.of(remark));
    }

    private static OperatorActionNeeded unreadable(ClusterSide side, String why) {
        return new OperatorActionNeeded(
                FailureName.ACCESS_DENIED,
                side + ": its ACLs could not be read (" + why + "); allow the migration's principal Describe on the"
                        + " cluster, then redrive");
    }
}
