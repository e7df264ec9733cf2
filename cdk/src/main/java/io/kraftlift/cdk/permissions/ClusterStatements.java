package io.kraftlift.cdk.permissions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Statements about one cluster. */
public final class ClusterStatements {
    private ClusterStatements() {}

    /**
     * What allows the uses.
     *
     * @param cluster an MSK cluster's ARN; null for one that is not reached by IAM, which needs no statement
     */
    public static List<PolicyStatement> of(@Nullable String cluster, Set<ClusterUse> uses) {
        List<PolicyStatement> statements = new ArrayList<>();
        if (cluster == null || uses.isEmpty()) {
            return statements;
        }
        for (ClusterResource resource : ClusterResource.values()) {
            TreeSet<String> actions = new TreeSet<>();
            if (resource == ClusterResource.CLUSTER) {
                actions.add("kafka-cluster:Connect");
            }
            uses.forEach(use -> use.on(resource).forEach(action -> actions.add("kafka-cluster:" + action)));
            if (!actions.isEmpty()) {
                statements.add(PolicyStatement.Builder.create()
                        .actions(List.copyOf(actions))
                        .resources(List.of(resource.arnOf(cluster)))
                        .build());
            }
        }
        statements.add(PolicyStatement.Builder.create()
                .actions(msk(uses))
                .resources(List.of(cluster))
                .build());
        return statements;
    }

    /** Who connects asks for the brokers' addresses; who describes looks at the cluster as MSK has it, too. */
    private static List<String> msk(Set<ClusterUse> uses) {
        return uses.contains(ClusterUse.DESCRIBE)
                ? List.of(
                        "kafka:DescribeClusterV2",
                        "kafka:GetBootstrapBrokers",
                        "kafka:GetCompatibleKafkaVersions",
                        "kafka:ListNodes",
                        "kafka:ListScramSecrets")
                : List.of("kafka:GetBootstrapBrokers");
    }
}
