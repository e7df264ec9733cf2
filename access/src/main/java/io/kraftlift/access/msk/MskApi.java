package io.kraftlift.access.msk;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.msk.BootstrapChoice;
import io.kraftlift.core.msk.BootstrapStrings;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskProvisioned.MskConfiguration;
import io.kraftlift.core.msk.MskServerless;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kafka.KafkaClient;
import software.amazon.awssdk.services.kafka.KafkaClientBuilder;
import software.amazon.awssdk.services.kafka.model.Cluster;
import software.amazon.awssdk.services.kafka.model.ClusterType;
import software.amazon.awssdk.services.kafka.model.GetBootstrapBrokersResponse;
import software.amazon.awssdk.services.kafka.model.NodeInfo;

/**
 * Asks Amazon MSK about one cluster, in the region of its ARN. Nothing is changed. Credentials are a session's.
 *
 * <p>Every method throws {@link OperatorActionNeeded} when MSK refuses (ACCESS_DENIED with the permission that is
 * missing and on what, CONFIGURATION_WRONG when there is no such cluster or region) and {@link io.kraftlift.core.failures.TryAgain}
 * (SERVICE_UNREACHABLE) when it does not answer. Safe for several threads.
 */
public final class MskApi implements AutoCloseable {
    private final MskArn arn;
    private final KafkaClient msk;
    private final MskRefusals refusals;

    MskApi(MskArn arn, KafkaClient msk) {
        this.arn = arn;
        this.msk = msk;
        this.refusals = new MskRefusals(arn);
    }

    /**
     * Opens the API for a cluster; nothing is asked yet.
     *
     * @param session as whom MSK is asked; where, the ARN says
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the text is no ARN of an MSK cluster
     */
    public static MskApi of(String arn, AwsSession session) {
        MskArn parts;
        try {
            parts = MskArn.of(arn);
        } catch (IllegalArgumentException e) {
            throw new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, String.valueOf(e.getMessage()), e);
        }
        return new MskApi(
                parts,
                configured(session.apply(KafkaClient.builder(), Patience.FOR_QUESTIONS))
                        .region(Region.of(parts.region()))
                        .build());
    }

    static KafkaClientBuilder configured(KafkaClientBuilder builder, Patience patience) {
        return configured(AwsSession.BY_DEFAULT_CHAINS.apply(builder, patience));
    }

    private static KafkaClientBuilder configured(KafkaClientBuilder builder) {
        return builder.httpClientBuilder(Apache5HttpClient.builder().connectionTimeout(Duration.ofSeconds(5)));
    }

    /** The cluster by DescribeClusterV2, and for one with brokers of its own ListNodes. */
    public MskCluster describe() {
        Cluster cluster = refusals.attempt(
                "kafka:DescribeClusterV2",
                () -> msk.describeClusterV2(request -> request.clusterArn(arn.value()))
                        .clusterInfo());
        if (cluster.clusterType() == ClusterType.SERVERLESS) {
            return new MskServerless(arn, cluster.stateAsString());
        }
        return MskAnswers.provisioned(arn, cluster, nodes());
    }

    private List<NodeInfo> nodes() {
        return refusals.attempt(
                "kafka:ListNodes",
                () -> msk.listNodesPaginator(request -> request.clusterArn(arn.value())).nodeInfoList().stream()
                        .toList());
    }

    /** The addresses by GetBootstrapBrokers. */
    public BootstrapStrings bootstrapStrings() {
        GetBootstrapBrokersResponse answer = refusals.attempt(
                "kafka:GetBootstrapBrokers", () -> msk.getBootstrapBrokers(request -> request.clusterArn(arn.value())));
        return MskAnswers.bootstrapStrings(answer);
    }

    /**
     * The address for a way of authentication.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG with the reason when none fits
     */
    public String bootstrapServers(AuthSettings auth) {
        return BootstrapChoice.of(auth, bootstrapStrings()).fold(servers -> servers, none -> {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "cluster_arn " + arn + ": " + none.reason() + "; " + none.remedy());
        });
    }

    /** The versions that the cluster can be updated to, by GetCompatibleKafkaVersions. */
    public List<String> compatibleVersions() {
        return refusals.attempt(
                "kafka:GetCompatibleKafkaVersions",
                () -> msk
                        .getCompatibleKafkaVersions(request -> request.clusterArn(arn.value()))
                        .compatibleKafkaVersions()
                        .stream()
                        .flatMap(version -> version.targetVersions().stream())
                        .distinct()
                        .toList());
    }

    /** The server properties of a configuration, by DescribeConfigurationRevision. */
    public String serverProperties(MskConfiguration configuration) {
        return refusals.attempt(
                "kafka:DescribeConfigurationRevision",
                configuration.arn(),
                () -> msk.describeConfigurationRevision(
                                request -> request.arn(configuration.arn()).revision(configuration.revision()))
                        .serverProperties()
                        .asUtf8String());
    }

    /** The ARNs of the secrets of SCRAM users, by ListScramSecrets. */
    public List<String> scramSecrets() {
        return refusals.attempt(
                "kafka:ListScramSecrets",
                () -> msk.listScramSecretsPaginator(request -> request.clusterArn(arn.value())).secretArnList().stream()
                        .toList());
    }

    @Override
    public void close() {
        msk.close();
    }
}
