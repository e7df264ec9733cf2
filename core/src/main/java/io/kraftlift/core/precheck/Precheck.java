package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.plan.TopicSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges facts. The same facts give the same findings. */
public final class Precheck {
    private Precheck() {}

    /** Every finding, blockers first. */
    public static List<Finding> findings(PrecheckFacts facts) {
        List<Finding> findings = new ArrayList<>();
        Optional<ClusterInventory> source = facts.source().fold(Optional::of, why -> Optional.empty());
        Optional<ClusterInventory> target = facts.target().fold(Optional::of, why -> Optional.empty());
        TopicSelector selector = new TopicSelector(facts.selection());
        List<TopicInventory> moving = source.map(selector::selected).orElse(List.of());

        ReachRules.check(facts, findings);
        StoreRules.check(facts.cloud(), findings);
        RightsRules.check(facts, findings);
        MskRules.check(facts, findings);
        MskRules.fargate(facts, findings);
        source.ifPresent(cluster -> ClusterRules.checkSource(cluster, findings));
        target.ifPresent(cluster -> ClusterRules.checkTarget(cluster, findings));
        source.ifPresent(from -> target.ifPresent(to -> {
            ClusterRules.compare(from, to, findings);
            TopicRules.compare(moving, to, facts.ours(), findings);
            CapacityRules.check(moving, to, facts, findings);
        }));
        source.ifPresent(cluster -> {
            TopicRules.check(cluster, moving, selector, findings);
            WorkloadRules.check(cluster, moving, facts, findings);
            LogRules.check(moving, facts, findings);
            accessOfIamTarget(cluster, facts, findings);
        });
        target.ifPresent(cluster -> TopicRules.checkTarget(cluster, facts.ours(), findings));
        return findings.stream().sorted().toList();
    }

    /** I01. */
    private static void accessOfIamTarget(ClusterInventory source, PrecheckFacts facts, List<Finding> findings) {
        if (facts.cloud().targetByIam()) {
            findings.add(Finding.of(
                    PrecheckCode.I01,
                    "target",
                    source.acls()
                            .fold(
                                    rules -> rules.size() + " ACLs of the source do not bind principals of IAM",
                                    () -> "the source has no ACLs",
                                    why -> "the source's ACLs could not be read: " + why),
                    "Give the statements of plan/access-map.json to the clients' roles, as IAM policies, before the"
                            + " clients switch; this program changes no IAM policy."));
        }
    }
}
