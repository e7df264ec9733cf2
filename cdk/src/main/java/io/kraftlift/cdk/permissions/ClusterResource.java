package io.kraftlift.cdk.permissions;

import java.util.Locale;

/** The kinds of resources that a cluster's ARN becomes. */
enum ClusterResource {
    CLUSTER,
    TOPIC,
    GROUP,
    TRANSACTIONAL_ID;

    /** {@code arn:…:cluster/NAME/UUID} as the ARN of the cluster, or of all its resources of this kind. */
    String arnOf(String cluster) {
        return this == CLUSTER
                ? cluster
                : cluster.replaceFirst(
                                ":cluster/",
                                ":" + name().toLowerCase(Locale.ROOT).replace('_', '-') + "/") + "/*";
    }
}
