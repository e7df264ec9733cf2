package io.kraftlift.core.precheck;

import static io.kraftlift.core.inventory.ClusterSide.SOURCE;
import static io.kraftlift.core.inventory.ClusterSide.TARGET;

import io.kraftlift.core.inventory.ClusterSide;

/**
 * Every right that the migration needs, as Kafka names its operations ("Authorization and ACLs", Operations and Resources
 * on Protocols) and as MSK names its actions ("Semantics of IAM authorization policy actions").
 */
public enum NeededRight {
    SOURCE_CLUSTER_DESCRIBE(SOURCE, Resource.CLUSTER, "Describe", "DescribeCluster", "finds groups, ACLs, log sizes"),
    SOURCE_CLUSTER_DESCRIBE_CONFIGS(
            SOURCE,
            Resource.CLUSTER,
            "DescribeConfigs",
            "DescribeClusterDynamicConfiguration",
            "reads broker settings and client quotas"),
    SOURCE_CLUSTER_IDEMPOTENT_WRITE(
            SOURCE, Resource.CLUSTER, "IdempotentWrite", "WriteDataIdempotently", "writes sentinels exactly once"),
    /** Kafka hides a topic from those who may not describe it, so this is about names that may be hidden. */
    SOURCE_TOPIC_SEE(
            SOURCE, Resource.TOPIC, "Describe", "DescribeTopic", "finds the topics; one that is hidden would not move"),
    SOURCE_TOPIC_DESCRIBE_CONFIGS(
            SOURCE, Resource.TOPIC, "DescribeConfigs", "DescribeTopicDynamicConfiguration", "reads topic settings"),
    SOURCE_TOPIC_READ(SOURCE, Resource.TOPIC, "Read", "ReadData", "copies the records"),
    SOURCE_TOPIC_WRITE(SOURCE, Resource.TOPIC, "Write", "WriteData", "writes the sentinels at the cutover"),
    SOURCE_GROUP_DESCRIBE(SOURCE, Resource.GROUP, "Describe", "DescribeGroup", "reads committed positions"),
    SOURCE_TRANSACTIONAL_ID_DESCRIBE(
            SOURCE,
            Resource.TRANSACTIONAL_ID,
            "Describe",
            "DescribeTransactionalId",
            "finds transactions; Kafka hides those that may not be described"),
    /** Only with {@code cutover.sentinel: marker}. */
    SOURCE_TRANSACTIONAL_ID_WRITE(
            SOURCE,
            Resource.TRANSACTIONAL_ID,
            "Write",
            "AlterTransactionalId",
            "ends every partition with a transaction's marker at the cutover"),

    TARGET_CLUSTER_DESCRIBE(TARGET, Resource.CLUSTER, "Describe", "DescribeCluster", "finds groups, ACLs, log sizes"),
    TARGET_CLUSTER_DESCRIBE_CONFIGS(
            TARGET,
            Resource.CLUSTER,
            "DescribeConfigs",
            "DescribeClusterDynamicConfiguration",
            "reads broker settings and client quotas"),
    TARGET_CLUSTER_IDEMPOTENT_WRITE(
            TARGET, Resource.CLUSTER, "IdempotentWrite", "WriteDataIdempotently", "writes records exactly once"),
    TARGET_CLUSTER_ALTER(TARGET, Resource.CLUSTER, "Alter", "AlterCluster", "makes the ACLs"),
    TARGET_CLUSTER_ALTER_CONFIGS(
            TARGET, Resource.CLUSTER, "AlterConfigs", "AlterClusterDynamicConfiguration", "sets the client quotas"),
    TARGET_TOPIC_CREATE(TARGET, Resource.TOPIC, "Create", "CreateTopic", "makes the topics"),
    TARGET_TOPIC_DESCRIBE(TARGET, Resource.TOPIC, "Describe", "DescribeTopic", "finds leaders and offsets"),
    TARGET_TOPIC_DESCRIBE_CONFIGS(
            TARGET, Resource.TOPIC, "DescribeConfigs", "DescribeTopicDynamicConfiguration", "reads topic settings"),
    TARGET_TOPIC_ALTER(
            TARGET,
            Resource.TOPIC,
            "Alter",
            "AlterTopic",
            "gives topics the partitions that they get on the source while it runs"),
    TARGET_TOPIC_ALTER_CONFIGS(
            TARGET,
            Resource.TOPIC,
            "AlterConfigs",
            "AlterTopicDynamicConfiguration",
            "sets holds and topic settings, and releases the holds"),
    TARGET_TOPIC_READ(TARGET, Resource.TOPIC, "Read", "ReadData", "commits positions and proves the records"),
    TARGET_TOPIC_WRITE(TARGET, Resource.TOPIC, "Write", "WriteData", "writes the records"),
    TARGET_GROUP_READ(TARGET, Resource.GROUP, "Read", "AlterGroup", "commits the translated positions");

    /** What a right is for. */
    enum Resource {
        CLUSTER("the cluster"),
        TOPIC("topics"),
        GROUP("groups"),
        TRANSACTIONAL_ID("transactional ids");

        private final String noun;

        Resource(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    private final ClusterSide side;
    private final Resource resource;
    private final String operation;
    private final String action;
    private final String purpose;

    NeededRight(ClusterSide side, Resource resource, String operation, String action, String purpose) {
        this.side = side;
        this.resource = resource;
        this.operation = operation;
        this.action = action;
        this.purpose = purpose;
    }

    public ClusterSide side() {
        return side;
    }

    Resource resource() {
        return resource;
    }

    /** As Kafka calls it: {@code DescribeConfigs}. */
    String operation() {
        return operation;
    }

    /** As MSK calls it: {@code kafka-cluster:DescribeCluster}. */
    String action() {
        return "kafka-cluster:" + action;
    }

    /** What the migration does with it, to be read after "the migration". */
    String purpose() {
        return purpose;
    }
}
