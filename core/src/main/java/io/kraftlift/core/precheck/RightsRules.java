package io.kraftlift.core.precheck;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** B17: what the migration's principals may not do. */
final class RightsRules {
    private RightsRules() {}

    static void check(PrecheckFacts facts, List<Finding> findings) {
        side(ClusterSide.SOURCE, facts.rights().source(), facts, findings);
        side(ClusterSide.TARGET, facts.rights().target(), facts, findings);
    }

    private static void side(
            ClusterSide side, Reading<List<MissingRight>> missing, PrecheckFacts facts, List<Finding> findings) {
        missing.fold(
                rights -> {
                    Map<NeededRight, List<String>> names = new EnumMap<>(NeededRight.class);
                    rights.stream()
                            .filter(right -> isNeeded(right.right(), facts))
                            .forEach(right -> names.computeIfAbsent(right.right(), any -> new ArrayList<>())
                                    .add(right.name()));
                    names.forEach((right, of) -> findings.add(missing(right, of, facts)));
                    return true;
                },
                why -> isReached(facts) && findings.add(Finding.unchecked(PrecheckCode.B17, side.toString(), why)));
    }

    private static Finding missing(NeededRight right, List<String> names, PrecheckFacts facts) {
        ClusterSide side = right.side();
        boolean byIam = side == ClusterSide.SOURCE
                ? facts.cloud().sourceByIam()
                : facts.cloud().targetByIam();
        String what = right.resource() == NeededRight.Resource.CLUSTER
                ? right.resource().noun()
                : right.resource().noun() + " "
                        + Names.of(names.stream().sorted().toList());
        return Finding.of(
                PrecheckCode.B17,
                side + ": " + what,
                right.operation() + " is not allowed; with it the migration " + right.purpose(),
                byIam
                        ? "Allow " + right.action() + " on " + what + " to the role of " + side + ".auth."
                        : "Allow " + right.operation() + " on " + what + " to the principal of " + side + ".auth.");
    }

    /** ACLs and quotas are brought over only where the source has any, ACLs also to a target that is reached by IAM. */
    private static boolean isNeeded(NeededRight right, PrecheckFacts facts) {
        return switch (right) {
            case TARGET_CLUSTER_ALTER ->
                facts.aclDrift() != AclDrift.REPORT && facts.source().fold(RightsRules::mayHaveAcls, why -> true);
            case TARGET_CLUSTER_ALTER_CONFIGS -> facts.source().fold(RightsRules::mayHaveQuotas, why -> true);
            default -> true;
        };
    }

    private static boolean mayHaveAcls(ClusterInventory source) {
        return source.acls().fold(rules -> !rules.isEmpty(), () -> false, why -> true);
    }

    private static boolean mayHaveQuotas(ClusterInventory source) {
        return source.quotas().fold(quotas -> !quotas.isEmpty(), why -> true);
    }

    /** Where a cluster does not answer, B09 or B10 says that nothing else of it could be checked. */
    private static boolean isReached(PrecheckFacts facts) {
        return facts.source().fold(known -> true, why -> false)
                && facts.target().fold(known -> true, why -> false);
    }
}
