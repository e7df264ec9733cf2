package io.kraftlift.core.plan;

import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.Format;
import io.kraftlift.core.stores.Sha256;
import java.util.List;

/**
 * What a migration will do, {@code plan/plan.json}. It holds no time, so that the same clusters and the same
 * configuration give the same bytes, and with them the digest that an approver approves. {@code docs/plan.md} describes
 * every member.
 *
 * @param format 2
 * @param configuration the configuration's fingerprint
 * @param topics those that move, ascending by name
 * @param skippedTopics those that do not, ascending by name
 * @param groups the consumer groups that have positions to move, ascending
 * @param skippedGroups MSK's own groups, ascending
 * @param estimates how long the phases may take, in their order
 * @param inPlace whether the source can be converted in place instead
 * @param remarks what could not be read, a sentence each
 */
@Format(MigrationPlan.FORMAT)
public record MigrationPlan(
        int format,
        MigrationId migration,
        Sha256 configuration,
        ClusterSummary source,
        ClusterSummary target,
        PlanTotals totals,
        List<PlannedTopic> topics,
        List<SkippedTopic> skippedTopics,
        List<String> groups,
        List<String> skippedGroups,
        List<PlannedLane> lanes,
        List<PhaseEstimate> estimates,
        InPlaceVerdict inPlace,
        List<String> remarks) {
    /** 2 added sizes and rates of topics, estimates, and the conversion in place. */
    public static final int FORMAT = 2;

    public MigrationPlan {
        if (format != FORMAT) {
            throw new IllegalArgumentException("plan: format must be " + FORMAT + ", was " + format
                    + "; use the program that began the migration");
        }
        topics = List.copyOf(topics);
        skippedTopics = List.copyOf(skippedTopics);
        groups = List.copyOf(groups);
        skippedGroups = List.copyOf(skippedGroups);
        lanes = List.copyOf(lanes);
        estimates = List.copyOf(estimates);
        remarks = List.copyOf(remarks);
    }
}
