package io.kraftlift.core.plan.artifacts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kraftlift.core.plan.artifacts.Places.BucketPlace;
import io.kraftlift.core.plan.artifacts.Places.ClusterPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each role may do, {@code plan/iam-policy-concrete.json} and {@code plan/iam-policy-templated.json}: one policy for
 * each of the three, to attach to its role.
 *
 * @param operator who plans, starts, watches and decides
 * @param lambdas the state machine's functions; null when there is nothing to allow
 * @param worker the tasks that copy; null when there is nothing to allow
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Policies(
        Policy operator, @Nullable Policy lambdas, @Nullable Policy worker) {
    /** For this migration's clusters and buckets. */
    public static Policies concrete(Dossier dossier) {
        return of(Places.concrete(dossier));
    }

    /** With placeholders {@code ${…}}, and for two clusters with IAM. */
    public static Policies templated() {
        return of(Places.templated());
    }

    private static Policies of(Places places) {
        return new Policies(operator(places), policy(lambdas(places)), policy(worker(places)));
    }

    private static @Nullable Policy policy(List<PolicyStatement> statements) {
        return statements.isEmpty() ? null : Policy.of(statements);
    }

    private static Policy operator(Places places) {
        List<PolicyStatement> statements = new ArrayList<>();
        statements.add(PolicyStatement.allow(
                "FindTheDeployment",
                List.of("cloudformation:DescribeStacks"),
                List.of(places.stateMachine().stack())));
        statements.add(PolicyStatement.allow(
                "Start",
                List.of("states:StartExecution", "states:ListExecutions"),
                List.of(places.stateMachine().machine())));
        // IAM knows no narrower resource for it; what is decided is named by the token, which only the store has.
        statements.add(PolicyStatement.allow("Decide", List.of("states:SendTaskSuccess"), List.of("*")));
        statements.add(PolicyStatement.allow(
                "WatchStopAndRedrive",
                List.of(
                        "states:DescribeExecution",
                        "states:GetExecutionHistory",
                        "states:RedriveExecution",
                        "states:StopExecution"),
                List.of(places.stateMachine().execution())));
        mskApi(places, statements);
        places.source().ifPresent(cluster -> describe("Source", cluster, statements));
        places.target().ifPresent(cluster -> describe("Target", cluster, statements));
        // Topic defaults are asked of the target by validating the creation of a topic that is never created.
        places.target()
                .ifPresent(cluster -> statements.add(PolicyStatement.allow(
                        "TargetValidateOnly",
                        List.of("kafka-cluster:CreateTopic"),
                        List.of(cluster.topic("kraftlift.validate-only")))));
        places.backup().ifPresent(bucket -> {
            list("Backup", bucket, statements);
            statements.add(PolicyStatement.allow("BackupRead", List.of("s3:GetObject"), List.of(bucket.below("*"))));
            statements.add(PolicyStatement.allow(
                    "BackupConfigurationAndProbe",
                    List.of("s3:PutObject"),
                    List.of(bucket.below("configurations/*.yaml"), bucket.below("results/precheck-probe.json"))));
        });
        places.evidence().ifPresent(bucket -> {
            list("Evidence", bucket, statements);
            statements.add(PolicyStatement.allow("EvidenceRead", List.of("s3:GetObject"), List.of(bucket.below("*"))));
            statements.add(PolicyStatement.allow(
                    "EvidenceProbe", List.of("s3:PutObject"), List.of(bucket.below("precheck-probe.json"))));
            lockSettings(bucket, statements);
        });
        fargateQuota(places, statements);
        keys(places, statements);
        secrets(places, statements);
        return Policy.of(statements);
    }

    private static List<PolicyStatement> lambdas(Places places) {
        List<PolicyStatement> statements = new ArrayList<>();
        mskApi(places, statements);
        places.source().ifPresent(cluster -> {
            describe("Source", cluster, statements);
            // A sentinel is a record, or a transaction's marker, at the end of every partition.
            statements.add(PolicyStatement.allow(
                    "SourceSentinels",
                    List.of("kafka-cluster:ReadData", "kafka-cluster:WriteData"),
                    topics(cluster, places)));
            statements.add(PolicyStatement.allow(
                    "SourceIdempotence", List.of("kafka-cluster:WriteDataIdempotently"), List.of(cluster.cluster())));
            statements.add(PolicyStatement.allow(
                    "SourceMarkers",
                    List.of("kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId"),
                    List.of(cluster.transactionalId("kraftlift-*-sentinel"))));
        });
        places.target().ifPresent(cluster -> {
            describe("Target", cluster, statements);
            statements.add(PolicyStatement.allow(
                    "TargetTopology",
                    List.of("kafka-cluster:AlterCluster", "kafka-cluster:AlterClusterDynamicConfiguration"),
                    List.of(cluster.cluster())));
            List<String> topics = topics(cluster, places);
            statements.add(PolicyStatement.allow(
                    "TargetTopics",
                    List.of(
                            "kafka-cluster:AlterTopic",
                            "kafka-cluster:AlterTopicDynamicConfiguration",
                            "kafka-cluster:CreateTopic",
                            "kafka-cluster:DeleteTopic",
                            "kafka-cluster:ReadData"),
                    topics));
            if (!topics.contains(cluster.topic("*"))) {
                statements.add(PolicyStatement.allow(
                        "TargetValidateOnly",
                        List.of("kafka-cluster:CreateTopic"),
                        List.of(cluster.topic("kraftlift.validate-only"))));
            }
            statements.add(PolicyStatement.allow(
                    "TargetGroups", List.of("kafka-cluster:AlterGroup"), List.of(cluster.group("*"))));
        });
        places.backup().ifPresent(bucket -> {
            readWrite("Backup", bucket, statements);
            // Who takes a migration over makes sure that the execution has ended that had it.
            statements.add(PolicyStatement.allow(
                    "AskHowTheOwnerIs",
                    List.of("states:DescribeExecution"),
                    List.of(places.stateMachine().execution())));
        });
        places.evidence().ifPresent(bucket -> {
            readWrite("Evidence", bucket, statements);
            statements.add(PolicyStatement.allow(
                    "EvidenceLock",
                    List.of("s3:GetObjectRetention", "s3:PutObjectRetention"),
                    List.of(bucket.below("*"))));
            lockSettings(bucket, statements);
        });
        fargateQuota(places, statements);
        keys(places, statements);
        secrets(places, statements);
        return statements;
    }

    private static List<PolicyStatement> worker(Places places) {
        List<PolicyStatement> statements = new ArrayList<>();
        if (!places.mskClusters().isEmpty()) {
            statements.add(bootstrap());
        }
        places.source().ifPresent(cluster -> {
            statements.add(PolicyStatement.allow(
                    "SourceConnect",
                    List.of("kafka-cluster:Connect", "kafka-cluster:DescribeCluster"),
                    List.of(cluster.cluster())));
            statements.add(PolicyStatement.allow(
                    "SourceRead",
                    List.of("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
                    topics(cluster, places)));
        });
        places.target().ifPresent(cluster -> {
            statements.add(PolicyStatement.allow(
                    "TargetConnect",
                    List.of(
                            "kafka-cluster:Connect",
                            "kafka-cluster:DescribeCluster",
                            "kafka-cluster:WriteDataIdempotently"),
                    List.of(cluster.cluster())));
            statements.add(PolicyStatement.allow(
                    "TargetCopyAndDigest",
                    List.of(
                            "kafka-cluster:DescribeTopic",
                            "kafka-cluster:DescribeTopicDynamicConfiguration",
                            "kafka-cluster:ReadData",
                            "kafka-cluster:WriteData"),
                    topics(cluster, places)));
        });
        places.backup().ifPresent(bucket -> readWrite("Backup", bucket, statements));
        places.backup().flatMap(BucketPlace::kmsKey).ifPresent(key -> statements.add(key(List.of(key))));
        secrets(places, statements);
        return statements;
    }

    /** Everything that an inventory reads, and no record. */
    private static void describe(String side, ClusterPlace cluster, List<PolicyStatement> statements) {
        statements.add(PolicyStatement.allow(
                side + "Cluster",
                List.of(
                        "kafka-cluster:Connect",
                        "kafka-cluster:DescribeCluster",
                        "kafka-cluster:DescribeClusterDynamicConfiguration"),
                List.of(cluster.cluster())));
        statements.add(PolicyStatement.allow(
                side + "Inventory",
                List.of(
                        "kafka-cluster:DescribeGroup",
                        "kafka-cluster:DescribeTopic",
                        "kafka-cluster:DescribeTopicDynamicConfiguration",
                        "kafka-cluster:DescribeTransactionalId"),
                List.of(cluster.topic("*"), cluster.group("*"), cluster.transactionalId("*"))));
    }

    private static List<String> topics(ClusterPlace cluster, Places places) {
        // IAM's wildcards are those of topics.include.
        return places.includedTopics().stream().map(cluster::topic).toList();
    }

    private static void mskApi(Places places, List<PolicyStatement> statements) {
        if (places.mskClusters().isEmpty()) {
            return;
        }
        statements.add(PolicyStatement.allow(
                "MskDescribe",
                List.of("kafka:DescribeClusterV2", "kafka:ListNodes", "kafka:ListScramSecrets"),
                places.mskClusters()));
        // Which configuration a cluster has is not known before it is asked for.
        statements.add(PolicyStatement.allow(
                "MskConfiguration",
                List.of("kafka:DescribeConfigurationRevision"),
                places.mskClusters().stream()
                        .map(cluster -> cluster.replaceFirst(":cluster/.*", ":configuration/*/*"))
                        .distinct()
                        .toList()));
        // IAM knows no narrower resource for these.
        statements.add(PolicyStatement.allow(
                "MskAsk", List.of("kafka:GetBootstrapBrokers", "kafka:GetCompatibleKafkaVersions"), List.of("*")));
    }

    /** What the precheck asks where workers run on Fargate beside a cluster of MSK. */
    private static void fargateQuota(Places places, List<PolicyStatement> statements) {
        if (places.mskClusters().isEmpty() || places.backup().isEmpty()) {
            return;
        }
        statements.add(PolicyStatement.allow(
                "FargateQuota",
                List.of("servicequotas:GetServiceQuota"),
                List.of(places.stateMachine().fargateQuota())));
        // IAM knows no narrower resource for it.
        statements.add(PolicyStatement.allow(
                "FargateDefaultQuota", List.of("servicequotas:GetAWSDefaultServiceQuota"), List.of("*")));
    }

    private static void lockSettings(BucketPlace evidence, List<PolicyStatement> statements) {
        statements.add(PolicyStatement.allow(
                "EvidenceLockSettings", List.of("s3:GetBucketObjectLockConfiguration"), List.of(evidence.bucketArn())));
    }

    private static PolicyStatement bootstrap() {
        // IAM knows no narrower resource for it.
        return PolicyStatement.allow("MskAsk", List.of("kafka:GetBootstrapBrokers"), List.of("*"));
    }

    private static void list(String store, BucketPlace bucket, List<PolicyStatement> statements) {
        // Also for requests without a prefix: S3 says that an object is missing only to those who may list the bucket.
        statements.add(PolicyStatement.allow(store + "List", List.of("s3:ListBucket"), List.of(bucket.bucketArn()))
                .when("StringLikeIfExists", "s3:prefix", List.of(bucket.objects() + "/*")));
    }

    private static void readWrite(String store, BucketPlace bucket, List<PolicyStatement> statements) {
        list(store, bucket, statements);
        statements.add(PolicyStatement.allow(
                store + "Objects",
                List.of("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"),
                List.of(bucket.below("*"))));
    }

    private static void keys(Places places, List<PolicyStatement> statements) {
        List<String> keys = new ArrayList<>();
        places.backup().flatMap(BucketPlace::kmsKey).ifPresent(keys::add);
        places.evidence()
                .flatMap(BucketPlace::kmsKey)
                .filter(key -> !keys.contains(key))
                .ifPresent(keys::add);
        Optional.of(keys).filter(all -> !all.isEmpty()).ifPresent(all -> statements.add(key(all)));
    }

    private static PolicyStatement key(List<String> keys) {
        return PolicyStatement.allow("Keys", List.of("kms:Decrypt", "kms:GenerateDataKey"), keys);
    }

    private static void secrets(Places places, List<PolicyStatement> statements) {
        if (!places.secrets().isEmpty()) {
            statements.add(
                    PolicyStatement.allow("Secrets", List.of("secretsmanager:GetSecretValue"), places.secrets()));
        }
    }
}
