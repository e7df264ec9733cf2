package io.kraftlift.core.msk;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A cluster with brokers of its own.
 *
 * @param kafkaVersion as MSK writes it: {@code 3.6.0}, {@code 3.9.x}, {@code 3.9.x.kraft}
 * @param configuration the custom configuration that its brokers run with; empty for MSK's defaults
 */
public record MskProvisioned(
        MskArn arn,
        String state,
        String kafkaVersion,
        MskModeSignals mode,
        MskBrokers brokers,
        MskAccess access,
        Optional<MskConfiguration> configuration)
        implements MskCluster {
    @Override
    public <T> T fold(Function<MskProvisioned, T> provisioned, Function<MskServerless, T> serverless) {
        return provisioned.apply(this);
    }

    /**
     * Its brokers.
     *
     * @param count in all availability zones together
     * @param instanceType such as {@code kafka.m7g.large}, {@code express.m7g.large}
     * @param availabilityZones how many zones, by the number of client subnets
     * @param storageMode LOCAL, TIERED, or one that is new
     */
    public record MskBrokers(int count, String instanceType, int availabilityZones, String storageMode) {
        public boolean isExpress() {
            return instanceType.startsWith("express.");
        }
    }

    /**
     * The ways in.
     *
     * @param authentication how clients may prove who they are
     * @param publicAccess whether brokers have public addresses
     * @param openMonitoring whether Prometheus exporters are open
     */
    public record MskAccess(Set<Authentication> authentication, boolean publicAccess, boolean openMonitoring) {
        public MskAccess {
            authentication = Set.copyOf(authentication);
        }
    }

    /** How a client proves who it is. */
    public enum Authentication {
        IAM,
        SCRAM_SHA_512,
        MTLS,
        UNAUTHENTICATED
    }

    /** A revision of a custom configuration. */
    public record MskConfiguration(String arn, long revision) {}
}
