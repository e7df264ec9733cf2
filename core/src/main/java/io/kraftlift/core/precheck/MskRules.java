package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.MetadataMode;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.InPlaceConversion;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskModeSignals;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskServerless;
import java.util.List;
import java.util.Optional;

/** B01, B02, B19, I02, and what B03, B04, B20, W01 and W07 see by the API of MSK. */
final class MskRules {
    /** A worker is a Fargate task of one vCPU. */
    private static final int VCPUS_PER_WORKER = 1;

    private MskRules() {}

    static void check(PrecheckFacts facts, List<Finding> findings) {
        CloudFacts cloud = facts.cloud();
        cloud.source().ifPresent(reading -> cluster(ClusterSide.SOURCE, reading, facts.source(), findings));
        cloud.target().ifPresent(reading -> cluster(ClusterSide.TARGET, reading, facts.target(), findings));
        Optional<MskProvisioned> source = provisioned(cloud.source());
        Optional<MskProvisioned> target = provisioned(cloud.target());
        source.ifPresent(from -> {
            tiered(from, findings);
            cloud.offeredVersions().ifPresent(offered -> inPlace(from, offered, findings));
            target.ifPresent(to -> size(from, to, findings));
        });
    }

    /** The cluster, where MSK told of one that has brokers of its own. */
    static Optional<MskProvisioned> provisioned(Optional<Reading<MskCluster>> reading) {
        return reading.flatMap(read -> read.fold(
                cluster -> cluster.fold(Optional::of, serverless -> Optional.empty()), why -> Optional.empty()));
    }

    /** B19. */
    static void fargate(PrecheckFacts facts, List<Finding> findings) {
        int needed = facts.seed().workers() * VCPUS_PER_WORKER;
        facts.cloud()
                .fargateVcpus()
                .ifPresent(reading -> reading.fold(
                        quota -> quota >= needed
                                || findings.add(Finding.of(
                                        PrecheckCode.B19,
                                        "Fargate On-Demand vCPU resource count",
                                        "the quota is " + (long) Math.floor(quota) + " vCPUs, " + needed
                                                + " workers need " + needed
                                                + ", besides what else runs on Fargate in this account and region",
                                        "Ask for a higher quota (aws service-quotas request-service-quota-increase"
                                                + " --service-code fargate --quota-code L-3032A538 --desired-value "
                                                + needed + "), or set seed.workers to at most "
                                                + (long) Math.floor(quota) + ".")),
                        why -> findings.add(
                                Finding.unchecked(PrecheckCode.B19, "Fargate On-Demand vCPU resource count", why))));
    }

    private static void cluster(
            ClusterSide side,
            Reading<MskCluster> reading,
            Reading<ClusterInventory> inventory,
            List<Finding> findings) {
        reading.fold(
                cluster -> {
                    if (!cluster.isActive()) {
                        findings.add(Finding.of(
                                PrecheckCode.B01,
                                side.toString(),
                                "MSK says that the cluster is " + cluster.state(),
                                "Wait until it is ACTIVE (aws kafka describe-cluster-v2 --cluster-arn " + cluster.arn()
                                        + "); one that is FAILED or DELETING is of no use."));
                    }
                    return cluster.fold(
                            provisioned -> mode(side, provisioned.mode(), inventory, findings),
                            serverless -> findings.add(serverless(side, serverless)));
                },
                why -> findings.add(Finding.of(
                        PrecheckCode.B01,
                        side.toString(),
                        "MSK did not tell of the cluster: " + why,
                        "Correct " + side + ".cluster_arn, or remove what keeps MSK from answering.")));
    }

    private static Finding serverless(ClusterSide side, MskServerless cluster) {
        return Finding.of(
                PrecheckCode.B02,
                side.toString(),
                cluster.arn() + " is a serverless cluster",
                side == ClusterSide.SOURCE
                        ? "Nothing to migrate: MSK Serverless has no ZooKeeper mode. Point source at another cluster."
                        : "Point target at a provisioned cluster in KRaft mode: MSK Serverless takes no ACLs, no broker"
                                + " settings and few topic settings.");
    }

    /** The brokers' signals decide; MSK is heard where they are silent or say something else. */
    private static boolean mode(
            ClusterSide side, MskModeSignals msk, Reading<ClusterInventory> inventory, List<Finding> findings) {
        MetadataMode byMsk = MetadataMode.valueOf(msk.mode().name());
        MetadataMode byBrokers = inventory.fold(ClusterInventory::mode, why -> MetadataMode.UNDECIDED);
        if (byMsk == MetadataMode.UNDECIDED || byMsk == byBrokers) {
            return false;
        }
        if (byBrokers != MetadataMode.UNDECIDED) {
            return findings.add(Finding.of(
                    PrecheckCode.B20,
                    side.toString(),
                    "the brokers say " + byBrokers + " and MSK says " + byMsk + " (" + msk.describe() + ")",
                    "Wait until a running conversion is over, and run the precheck again."));
        }
        if (side == ClusterSide.SOURCE && byMsk == MetadataMode.KRAFT) {
            return findings.add(Finding.of(
                    PrecheckCode.B03,
                    "source in MSK",
                    msk.describe(),
                    "Point source at the cluster that is in ZooKeeper mode; a KRaft cluster needs no migration."));
        }
        return side == ClusterSide.TARGET
                && byMsk == MetadataMode.ZOOKEEPER
                && findings.add(Finding.of(
                        PrecheckCode.B04,
                        "target in MSK",
                        msk.describe(),
                        "Point target at a cluster in KRaft mode, or create one."));
    }

    private static void size(MskProvisioned source, MskProvisioned target, List<Finding> findings) {
        String from = source.brokers().instanceType();
        String to = target.brokers().instanceType();
        Optional<BrokerSize> here = BrokerSize.of(from);
        Optional<BrokerSize> there = BrokerSize.of(to);
        if (here.isEmpty() || there.isEmpty()) {
            findings.add(Finding.unchecked(
                    PrecheckCode.W01,
                    "target's brokers",
                    "the size of " + (here.isEmpty() ? from : to) + " is not known to this program"));
        } else if (there.get().rank() < here.get().rank()) {
            findings.add(Finding.of(
                    PrecheckCode.W01,
                    "target's brokers",
                    "they are " + to + ", the source's are " + from,
                    "Make sure that they can carry the load, or choose a larger type (aws kafka update-broker-type)."));
        }
    }

    private static void tiered(MskProvisioned source, List<Finding> findings) {
        if (source.brokers().storageMode().equals("TIERED")) {
            findings.add(Finding.of(
                    PrecheckCode.W07,
                    "source",
                    "the cluster has tiered storage: sizes on its brokers do not tell what is in the remote tier",
                    "See which topics have remote.storage.enable, and plan the target's disks and the time of the copy for"
                            + " the remote tier too."));
        }
    }

    private static void inPlace(MskProvisioned source, Reading<List<String>> offered, List<Finding> findings) {
        offered.fold(
                versions -> {
                    InPlaceConversion conversion = InPlaceConversion.of(source, versions);
                    return conversion.isEligible()
                            && findings.add(inPlace(source, conversion.target().orElseThrow()));
                },
                why -> findings.add(Finding.unchecked(PrecheckCode.I02, "source", why)));
    }

    private static Finding inPlace(MskProvisioned source, String version) {
        return Finding.of(
                PrecheckCode.I02,
                "source",
                "MSK offers to convert the cluster itself to " + version
                        + ", within hours, while it serves its clients. That gives up the way back (it cannot be reversed),"
                        + " the proof of every record, and any change of brokers, network, authentication or account",
                "Where that is enough: aws kafka update-cluster-kafka-version --cluster-arn " + source.arn()
                        + " --target-kafka-version " + version
                        + " --current-version $(aws kafka describe-cluster-v2 --cluster-arn " + source.arn()
                        + " --query ClusterInfo.CurrentVersion --output text)");
    }
}
