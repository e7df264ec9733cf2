package io.kraftlift.cdk.permissions;

import java.util.List;

/**
 * What can be done with a cluster that authenticates by IAM, as actions on the cluster, its topics, groups and
 * transactional ids (AWS documentation, "Semantics of IAM authorization policy actions and resources").
 */
public enum ClusterUse {
    /** Inventories, log ends, committed offsets, open transactions. */
    DESCRIBE,
    /** Fetching record batches; without a group. */
    READ_RECORDS,
    /** Producing with a producer id. */
    WRITE_RECORDS,
    /** Making transactions that leave markers. */
    WRITE_MARKERS,
    /** Setting and releasing holds. */
    CONFIGURE_TOPICS,
    /** Making topics, ACLs and quotas. */
    MAKE_TOPOLOGY,
    DELETE_TOPICS,
    /** Committing for a group; Kafka asks for reading its topics too. */
    COMMIT_OFFSETS;

    /** The actions on such a resource, without {@code kafka-cluster:}. Connecting goes without saying. */
    List<String> on(ClusterResource resource) {
        return switch (resource) {
            case CLUSTER -> onCluster();
            case TOPIC -> onTopics();
            case GROUP -> onGroups();
            case TRANSACTIONAL_ID -> onTransactionalIds();
        };
    }

    private List<String> onCluster() {
        return switch (this) {
            case DESCRIBE -> List.of("DescribeCluster", "DescribeClusterDynamicConfiguration");
            case WRITE_RECORDS -> List.of("WriteDataIdempotently");
            case MAKE_TOPOLOGY -> List.of("AlterCluster", "AlterClusterDynamicConfiguration");
            case READ_RECORDS, WRITE_MARKERS, CONFIGURE_TOPICS, COMMIT_OFFSETS, DELETE_TOPICS -> List.of();
        };
    }

    private List<String> onTopics() {
        return switch (this) {
            case DESCRIBE -> List.of("DescribeTopic", "DescribeTopicDynamicConfiguration");
            case READ_RECORDS, COMMIT_OFFSETS -> List.of("DescribeTopic", "ReadData");
            case WRITE_RECORDS, WRITE_MARKERS -> List.of("DescribeTopic", "WriteData");
            case CONFIGURE_TOPICS ->
                List.of("DescribeTopic", "DescribeTopicDynamicConfiguration", "AlterTopicDynamicConfiguration");
            case MAKE_TOPOLOGY -> List.of("CreateTopic", "AlterTopic");
            case DELETE_TOPICS -> List.of("DescribeTopic", "DeleteTopic");
        };
    }

    private List<String> onGroups() {
        return switch (this) {
            case DESCRIBE -> List.of("DescribeGroup");
            case COMMIT_OFFSETS -> List.of("DescribeGroup", "AlterGroup");
            case READ_RECORDS, WRITE_RECORDS, WRITE_MARKERS, CONFIGURE_TOPICS, MAKE_TOPOLOGY, DELETE_TOPICS ->
                List.of();
        };
    }

    private List<String> onTransactionalIds() {
        return switch (this) {
            case DESCRIBE -> List.of("DescribeTransactionalId");
            case WRITE_MARKERS -> List.of("DescribeTransactionalId", "AlterTransactionalId");
            case READ_RECORDS, WRITE_RECORDS, CONFIGURE_TOPICS, MAKE_TOPOLOGY, DELETE_TOPICS, COMMIT_OFFSETS ->
                List.of();
        };
    }
}
