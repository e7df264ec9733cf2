package io.kraftlift.core.precheck;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Set;

/**
 * What a precheck judges.
 *
 * @param backup where the backup store is, once a probe was written and read back
 * @param evidence the same for the evidence store
 * @param openTransactions those on partitions that move
 * @param transactionalIds those that the source's coordinators know
 * @param ours topics on the target that this migration writes to already
 * @param aclDrift what happens with ACLs; by {@link AclDrift#REPORT} none is made
 */
public record PrecheckFacts(
        Reading<ClusterInventory> source,
        Reading<ClusterInventory> target,
        Reading<String> backup,
        Reading<String> evidence,
        Reading<List<OpenTransaction>> openTransactions,
        Reading<List<String>> transactionalIds,
        TopicSelection selection,
        Set<TopicName> ours,
        SeedSettings seed,
        AclDrift aclDrift,
        LogFacts logs,
        RightsFacts rights,
        CloudFacts cloud) {
    public PrecheckFacts {
        ours = Set.copyOf(ours);
    }
}
