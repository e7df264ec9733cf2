package io.kraftlift.core.msk;

import java.util.function.Function;

/** What the MSK API says of a cluster. */
public sealed interface MskCluster permits MskProvisioned, MskServerless {
    MskArn arn();

    /** ACTIVE, CREATING, DELETING, FAILED, HEALING, MAINTENANCE, REBOOTING_BROKER, UPDATING, or one that is new. */
    String state();

    /** What each kind of cluster gives. */
    <T> T fold(Function<MskProvisioned, T> provisioned, Function<MskServerless, T> serverless);

    default boolean isActive() {
        return state().equals("ACTIVE");
    }
}
