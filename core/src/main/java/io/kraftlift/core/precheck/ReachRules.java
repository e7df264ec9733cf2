package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.Reading;
import java.util.List;

/** B07 to B10: everything that the migration stands on answers. */
final class ReachRules {
    private ReachRules() {}

    static void check(PrecheckFacts facts, List<Finding> findings) {
        store(PrecheckCode.B07, "backup", facts.backup(), findings);
        store(PrecheckCode.B08, "evidence", facts.evidence(), findings);
        cluster(PrecheckCode.B09, "source", facts.source(), findings);
        cluster(PrecheckCode.B10, "target", facts.target(), findings);
    }

    private static void store(PrecheckCode code, String key, Reading<String> probe, List<Finding> findings) {
        probe.fold(
                root -> true,
                why -> findings.add(Finding.of(
                        code,
                        key,
                        why,
                        "Make the place that " + key + " names exist and be writable and readable for this user or"
                                + " role.")));
    }

    private static void cluster(PrecheckCode code, String key, Reading<?> inventory, List<Finding> findings) {
        inventory.fold(
                known -> true,
                why -> findings.add(Finding.of(
                        code,
                        key,
                        why + "; no other check of the " + key + " could be made",
                        "Check " + key + ".bootstrap_servers or " + key + ".cluster_arn, " + key
                                + ".auth, security groups and routes, then run the precheck again.")));
    }
}
