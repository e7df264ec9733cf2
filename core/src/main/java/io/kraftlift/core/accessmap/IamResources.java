package io.kraftlift.core.accessmap;

/**
 * The names of what a cluster has, as MSK's policies name them (Amazon MSK Developer Guide, "Semantics of IAM
 * authorization policy actions and resources").
 *
 * @param cluster the cluster's ARN
 */
record IamResources(String cluster) {
    /** {@code kind/CLUSTER_NAME/CLUSTER_UUID/name}; names are escaped, and a trailing asterisk makes a prefix. */
    String below(String kind, String name) {
        return cluster.replaceFirst(":cluster/", ":" + kind + "/") + "/" + name;
    }

    /** A name that stands for itself: in a policy, asterisk, question mark and dollar stand for something else. */
    static String escaped(String name) {
        return name.replaceAll("[*?$]", "\\$\\{$0\\}");
    }
}
