package io.kraftlift.core.plan.artifacts;

import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.msk.MskArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that policies are written with: those of this migration, or placeholders.
 *
 * @param source the cluster's part of ARNs where IAM decides who may do what on it; empty where it does not
 * @param mskClusters ARNs of the clusters that the MSK API is asked about
 * @param stateMachine ARN of the state machine, with a wildcard where it is not known
 */
record Places(
        Optional<ClusterPlace> source,
        Optional<ClusterPlace> target,
        List<String> mskClusters,
        Optional<BucketPlace> backup,
        Optional<BucketPlace> evidence,
        List<String> secrets,
        StateMachinePlace stateMachine,
        List<String> includedTopics) {
    /** A cluster as it stands in ARNs: {@code cluster}, {@code topic}, {@code group} and {@code transactional-id}. */
    record ClusterPlace(String partitionRegionAccount, String nameAndUuid) {
        String cluster() {
            return arn("cluster", "");
        }

        String topic(String pattern) {
            return arn("topic", "/" + pattern);
        }

        String group(String pattern) {
            return arn("group", "/" + pattern);
        }

        String transactionalId(String pattern) {
            return arn("transactional-id", "/" + pattern);
        }

        private String arn(String kind, String rest) {
            return partitionRegionAccount + ":" + kind + "/" + nameAndUuid + rest;
        }
    }

    /**
     * A migration's place in a bucket.
     *
     * @param objects the prefix of its objects, without a slash at the end
     * @param kmsKey empty where the bucket's own encryption is used
     */
    record BucketPlace(String bucketArn, String objects, Optional<String> kmsKey) {
        String below(String pattern) {
            return bucketArn + "/" + objects + "/" + pattern;
        }
    }

    /** Where the state machine is. */
    record StateMachinePlace(String partitionRegionAccount, String name) {
        String machine() {
            return "arn:" + service("states") + ":stateMachine:" + name;
        }

        String execution() {
            return "arn:" + service("states") + ":execution:" + name + ":*";
        }

        /** The deployment's stack, whose outputs name everything else. */
        String stack() {
            return "arn:" + service("cloudformation") + ":stack/" + name + "/*";
        }

        /** How many vCPUs the workers beside it may have ("Fargate On-Demand vCPU resource count"). */
        String fargateQuota() {
            return "arn:" + service("servicequotas") + ":fargate/L-3032A538";
        }

        private String service(String service) {
            int colon = partitionRegionAccount.indexOf(':');
            return partitionRegionAccount.substring(0, colon) + ":" + service + partitionRegionAccount.substring(colon);
        }
    }

    /** Those of this migration. */
    static Places concrete(Dossier dossier) {
        MigrationConfig config = dossier.config();
        List<String> clusters = new ArrayList<>();
        dossier.sourceArn().ifPresent(arn -> clusters.add(arn.value()));
        dossier.targetArn().ifPresent(arn -> clusters.add(arn.value()));
        return new Places(
                dossier.sourceArn()
                        .filter(arn -> Dossier.isIam(config.source()))
                        .map(Places::cluster),
                dossier.targetArn()
                        .filter(arn -> Dossier.isIam(config.target()))
                        .map(Places::cluster),
                clusters,
                dossier.backupBucket().map(bucket -> bucket(bucket, dossier)),
                dossier.evidenceBucket().map(bucket -> bucket(bucket, dossier)),
                List.copyOf(dossier.secretArns()),
                new StateMachinePlace(
                        partition(dossier) + ":" + dossier.region().orElse("*") + ":"
                                + dossier.account().orElse("*"),
                        "kraftlift*"),
                config.topics().include().isEmpty()
                        ? List.of("*")
                        : config.topics().include());
    }

    private static String partition(Dossier dossier) {
        return dossier.sourceArn()
                .or(dossier::targetArn)
                .map(arn -> arn.value().split(":", 3)[1])
                .orElse("aws");
    }

    /** Placeholders for everything, and both clusters with IAM. */
    static Places templated() {
        return new Places(
                Optional.of(new ClusterPlace(
                        "arn:${Partition}:kafka:${Region}:${Account}", "${SourceClusterName}/${SourceClusterUuid}")),
                Optional.of(new ClusterPlace(
                        "arn:${Partition}:kafka:${Region}:${Account}", "${TargetClusterName}/${TargetClusterUuid}")),
                List.of(
                        "arn:${Partition}:kafka:${Region}:${Account}:cluster/${SourceClusterName}/${SourceClusterUuid}",
                        "arn:${Partition}:kafka:${Region}:${Account}:cluster/${TargetClusterName}/${TargetClusterUuid}"),
                Optional.of(new BucketPlace(
                        "arn:${Partition}:s3:::${BackupBucket}",
                        "${BackupPrefix}${MigrationId}",
                        Optional.of("arn:${Partition}:kms:${Region}:${Account}:key/${BackupKeyId}"))),
                Optional.of(new BucketPlace(
                        "arn:${Partition}:s3:::${EvidenceBucket}",
                        "${EvidencePrefix}${MigrationId}",
                        Optional.of("arn:${Partition}:kms:${Region}:${Account}:key/${EvidenceKeyId}"))),
                List.of("arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretName}"),
                new StateMachinePlace("${Partition}:${Region}:${Account}", "${StateMachineName}"),
                List.of("*"));
    }

    private static ClusterPlace cluster(MskArn arn) {
        String[] parts = arn.value().split(":cluster/", 2);
        return new ClusterPlace(parts[0], parts[1]);
    }

    private static BucketPlace bucket(StoreSettings.Bucket bucket, Dossier dossier) {
        return new BucketPlace(
                "arn:" + partition(dossier) + ":s3:::" + bucket.bucket(),
                bucket.prefix() + dossier.migration(),
                Optional.ofNullable(bucket.kmsKeyArn()));
    }
}
