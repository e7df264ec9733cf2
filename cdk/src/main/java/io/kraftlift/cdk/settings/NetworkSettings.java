package io.kraftlift.cdk.settings;

import java.util.List;

/** Where functions and workers stand. */
public sealed interface NetworkSettings {
    /** A VPC of their own is made. Peering it with the clusters' VPC is left to its owner. */
    record Made() implements NetworkSettings {}

    /**
     * They stand in one that is there.
     *
     * @param securityGroupIds empty when one is to be made
     */
    record Brought(String vpcId, List<String> subnetIds, List<String> securityGroupIds) implements NetworkSettings {
        public Brought {
            subnetIds = List.copyOf(subnetIds);
            securityGroupIds = List.copyOf(securityGroupIds);
        }
    }
}
