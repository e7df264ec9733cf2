package io.kraftlift.core.topology;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.ClusterSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the access rules of two clusters differ.
 *
 * @param missing rules to create on the target
 * @param superfluous rules to delete on the target
 * @param onlyOnSource rules that the target has not and does not get
 * @param onlyOnTarget rules that the source has not and that stay
 */
record AclDifference(
        List<AclRule> missing,
        List<AclRule> superfluous,
        List<AclRule> onlyOnSource,
        List<AclRule> onlyOnTarget,
        List<String> remarks) {
    private static final String CLUSTER = "CLUSTER";
    private static final String ALLOW = "ALLOW";
    private static final Set<String> BROKERS_OPERATIONS = Set.of("CLUSTER_ACTION", "ALL");

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
            if (rule.understood()) {
                missing.add(rule);
            } else {
                remarks.add("ACL is left out, this program does not know its kind: " + rule);
            }
        }
        target.forEach(missing::remove);
        Set<AclRule> extra = new TreeSet<>(target);
        source.forEach(extra::remove);
        return switch (policies.onAclDrift()) {
            case MERGE ->
                new AclDifference(List.copyOf(missing), List.of(), List.of(), List.copyOf(extra), List.copyOf(remarks));
            case OVERWRITE -> overwritten(missing, extra, policies, remarks);
            case REPORT -> reported(missing, extra, remarks);
        };
    }

    private static AclDifference overwritten(
            Set<AclRule> missing, Set<AclRule> extra, DriftPolicies policies, List<String> remarks) {
        List<AclRule> superfluous = new ArrayList<>();
        List<AclRule> kept = new ArrayList<>();
        for (AclRule rule : extra) {
            Optional<String> reason = reasonToKeep(rule, policies);
            reason.ifPresent(why -> remarks.add("ACL stays, " + why + ": " + rule));
            (reason.isPresent() ? kept : superfluous).add(rule);
        }
        return new AclDifference(List.copyOf(missing), superfluous, List.of(), kept, remarks);
    }

    private static AclDifference reported(Set<AclRule> missing, Set<AclRule> extra, List<String> remarks) {
        if (!missing.isEmpty()) {
            remarks.add(missing.size() + " ACLs are on the source only, see acls_only_on_source");
        }
        if (!extra.isEmpty()) {
            remarks.add(extra.size() + " ACLs are on the target only, see acls_only_on_target");
        }
        return new AclDifference(List.of(), List.of(), List.copyOf(missing), List.copyOf(extra), remarks);
    }

    /** Why a rule that the source has not is not deleted all the same. */
    private static Optional<String> reasonToKeep(AclRule rule, DriftPolicies policies) {
        if (!rule.understood()) {
            return Optional.of("this program does not know its kind");
        }
        if (policies.ownPrincipals().contains(rule.principal())) {
            return Optional.of("the migration itself may need it");
        }
        // A broker that loses ClusterAction can no longer register, fence, or fetch from its leaders.
        if (rule.resourceType().equals(CLUSTER)
                && rule.permission().equals(ALLOW)
                && BROKERS_OPERATIONS.contains(rule.operation())) {
            return Optional.of("the target's brokers may need it");
        }
        return Optional.empty();
    }

    private static AclDifference nothing(String remark) {
        return new AclDifference(List.of(), List.of(), List.of(), List.of(), List.of(remark));
    }

    private static OperatorActionNeeded unreadable(ClusterSide side, String why) {
        return new OperatorActionNeeded(
                FailureName.ACCESS_DENIED,
                side + ": its ACLs could not be read (" + why + "); allow the migration's principal Describe on the"
                        + " cluster, then redrive");
    }
}
