package io.kraftlift.core.config;

/** How a cluster is found. */
public sealed interface ClusterLocation {
    /** An MSK cluster; its bootstrap brokers are asked of the MSK API. */
    record Arn(String arn) implements ClusterLocation {}

    /** Any Kafka cluster: {@code host:port}, comma separated. */
    record Bootstrap(String servers) implements ClusterLocation {}
}
