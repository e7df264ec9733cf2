package io.kraftlift.access.msk;

import io.kraftlift.core.msk.BootstrapStrings;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskModeSignals;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskProvisioned.Authentication;
import io.kraftlift.core.msk.MskProvisioned.MskAccess;
import io.kraftlift.core.msk.MskProvisioned.MskBrokers;
import io.kraftlift.core.msk.MskProvisioned.MskConfiguration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kafka.model.BrokerNodeGroupInfo;
import software.amazon.awssdk.services.kafka.model.BrokerSoftwareInfo;
import software.amazon.awssdk.services.kafka.model.ClientAuthentication;
import software.amazon.awssdk.services.kafka.model.Cluster;
import software.amazon.awssdk.services.kafka.model.ConnectivityInfo;
import software.amazon.awssdk.services.kafka.model.GetBootstrapBrokersResponse;
import software.amazon.awssdk.services.kafka.model.NodeInfo;
import software.amazon.awssdk.services.kafka.model.OpenMonitoringInfo;
import software.amazon.awssdk.services.kafka.model.Provisioned;
import software.amazon.awssdk.services.kafka.model.Tls;

/** Turns answers of the API, in which anything may be missing, into the domain's records. */
final class MskAnswers {
    private MskAnswers() {}

    static MskProvisioned provisioned(MskArn arn, Cluster cluster, List<NodeInfo> nodes) {
        Provisioned provisioned = cluster.provisioned();
        BrokerSoftwareInfo software = provisioned.currentBrokerSoftwareInfo();
        String version = text(software.kafkaVersion());
        boolean zookeeper =
                isSet(provisioned.zookeeperConnectString()) || isSet(provisioned.zookeeperConnectStringTls());
        boolean controllers = nodes.stream().anyMatch(node -> node.controllerNodeInfo() != null);
        return new MskProvisioned(
                arn,
                text(cluster.stateAsString()),
                version,
                new MskModeSignals(version, zookeeper, controllers),
                brokers(provisioned),
                new MskAccess(
                        authentication(provisioned.clientAuthentication()),
                        isPublic(provisioned.brokerNodeGroupInfo()),
                        isOpen(provisioned.openMonitoring())),
                configuration(software));
    }

    static BootstrapStrings bootstrapStrings(GetBootstrapBrokersResponse answer) {
        return new BootstrapStrings(
                optional(answer.bootstrapBrokerString()),
                optional(answer.bootstrapBrokerStringTls()),
                optional(answer.bootstrapBrokerStringSaslScram()),
                optional(answer.bootstrapBrokerStringSaslIam()),
                optional(answer.bootstrapBrokerStringPublicTls()),
                optional(answer.bootstrapBrokerStringPublicSaslScram()),
                optional(answer.bootstrapBrokerStringPublicSaslIam()));
    }

    private static MskBrokers brokers(Provisioned provisioned) {
        BrokerNodeGroupInfo group = provisioned.brokerNodeGroupInfo();
        @Nullable Integer count = provisioned.numberOfBrokerNodes();
        // Clusters from before tiered storage have no storage mode.
        String storage = optional(provisioned.storageModeAsString()).orElse("LOCAL");
        return new MskBrokers(
                count == null ? 0 : count,
                text(group.instanceType()),
                group.clientSubnets().size(),
                storage);
    }

    private static Set<Authentication> authentication(@Nullable ClientAuthentication from) {
        Set<Authentication> ways = EnumSet.noneOf(Authentication.class);
        if (from == null) {
            return ways;
        }
        if (from.sasl() != null
                && from.sasl().iam() != null
                && isTrue(from.sasl().iam().enabled())) {
            ways.add(Authentication.IAM);
        }
        if (from.sasl() != null
                && from.sasl().scram() != null
                && isTrue(from.sasl().scram().enabled())) {
            ways.add(Authentication.SCRAM_SHA_512);
        }
        if (from.tls() != null && isOn(from.tls())) {
            ways.add(Authentication.MTLS);
        }
        if (from.unauthenticated() != null && isTrue(from.unauthenticated().enabled())) {
            ways.add(Authentication.UNAUTHENTICATED);
        }
        return ways;
    }

    /** Clusters from before the flag have only the list of certificate authorities. */
    private static boolean isOn(Tls tls) {
        @Nullable Boolean flag = tls.enabled();
        return flag == null ? !tls.certificateAuthorityArnList().isEmpty() : flag;
    }

    private static boolean isPublic(BrokerNodeGroupInfo group) {
        @Nullable ConnectivityInfo connectivity = group.connectivityInfo();
        return connectivity != null
                && connectivity.publicAccess() != null
                && isSet(connectivity.publicAccess().type())
                && !connectivity.publicAccess().type().equals("DISABLED");
    }

    private static boolean isOpen(@Nullable OpenMonitoringInfo monitoring) {
        return monitoring != null
                && monitoring.prometheus() != null
                && ((monitoring.prometheus().jmxExporter() != null
                                && isTrue(monitoring.prometheus().jmxExporter().enabledInBroker()))
                        || (monitoring.prometheus().nodeExporter() != null
                                && isTrue(monitoring.prometheus().nodeExporter().enabledInBroker())));
    }

    private static Optional<MskConfiguration> configuration(BrokerSoftwareInfo software) {
        @Nullable Long revision = software.configurationRevision();
        return optional(software.configurationArn())
                .map(arn -> new MskConfiguration(arn, revision == null ? 1 : revision));
    }

    private static Optional<String> optional(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag != null && flag;
    }
}
