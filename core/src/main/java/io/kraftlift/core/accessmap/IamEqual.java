package io.kraftlift.core.accessmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operation on a kind of resource is in IAM.
 *
 * @param name the action without its service, such as {@code ReadData}
 * @param implied what MSK wants beside it, which Kafka implies too (KIP-290, "Implicit operations")
 * @param onEveryTopic whether the action is one on topics and not on the resource
 * @param deniable whether a Deny statement says the same as a DENY rule
 */
record IamEqual(String name, List<String> implied, boolean onEveryTopic, boolean deniable) {
    static final String CONNECT = "Connect";
    static final String WRITE_IDEMPOTENTLY = "WriteDataIdempotently";
    private static final String ALL = "ALL";

    private static final Map<String, Map<String, IamEqual>> BY_RESOURCE = Map.of(
            "TOPIC",
            Map.of(
                    "READ", action("ReadData", "DescribeTopic"),
                    "WRITE", action("WriteData", "DescribeTopic"),
                    "CREATE", action("CreateTopic"),
                    "DELETE", action("DeleteTopic", "DescribeTopic"),
                    "ALTER", action("AlterTopic", "DescribeTopic"),
                    "DESCRIBE", action("DescribeTopic"),
                    "DESCRIBE_CONFIGS", action("DescribeTopicDynamicConfiguration"),
                    "ALTER_CONFIGS", action("AlterTopicDynamicConfiguration", "DescribeTopicDynamicConfiguration")),
            "GROUP",
            Map.of(
                    "READ", action("AlterGroup", "DescribeGroup"),
                    "DESCRIBE", action("DescribeGroup"),
                    "DELETE", action("DeleteGroup", "DescribeGroup")),
            "TRANSACTIONAL_ID",
            Map.of(
                    "WRITE", action("AlterTransactionalId", "DescribeTransactionalId"),
                    "DESCRIBE", action("DescribeTransactionalId")),
            "CLUSTER",
            Map.of(
                    "ALTER", action("AlterCluster", "DescribeCluster"),
                    "DESCRIBE", action("DescribeCluster"),
                    "DESCRIBE_CONFIGS", action("DescribeClusterDynamicConfiguration"),
                    "ALTER_CONFIGS", action("AlterClusterDynamicConfiguration", "DescribeClusterDynamicConfiguration"),
                    // Kafka asks for Create on the cluster or on the topic, so a DENY of the one is none of the other.
                    "CREATE", new IamEqual("CreateTopic", List.of(), true, false),
                    // KIP-679: Write on any topic is enough, so a DENY alone keeps nobody from writing idempotently.
                    "IDEMPOTENT_WRITE", new IamEqual(WRITE_IDEMPOTENTLY, List.of(), false, false)));

    IamEqual {
        implied = List.copyOf(implied);
    }

    private static IamEqual action(String action, String... implied) {
        return new IamEqual(action, List.of(implied), false, true);
    }

    /** What an operation comes to, in a fixed order; for ALL every one of the resource. Empty when IAM has nothing. */
    static List<IamEqual> onRule(String resourceType, String operation) {
        Map<String, IamEqual> operations = BY_RESOURCE.getOrDefault(resourceType, Map.of());
        if (operation.equals(ALL)) {
            List<IamEqual> every = new ArrayList<>();
            operations.keySet().stream().sorted().forEach(each -> every.add(operations.get(each)));
            return every;
        }
        return Optional.ofNullable(operations.get(operation)).stream().toList();
    }

    /** As a policy names it. */
    static String named(String action) {
        return "kafka-cluster:" + action;
    }
}
