package io.kraftlift.access.msk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.access.aws.HttpStub.Request;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.msk.InPlaceConversion;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskModeSignals.Mode;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskProvisioned.Authentication;
import io.kraftlift.core.msk.MskProvisioned.MskAccess;
import io.kraftlift.core.msk.MskProvisioned.MskBrokers;
import io.kraftlift.core.msk.MskProvisioned.MskConfiguration;
import io.kraftlift.core.msk.MskServerless;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The API against a server on loopback that answers in its shapes. */
class MskApiTest {
    private static final MskArn ARN =
            MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1");
    private static final String CLUSTER = "/api/v2/clusters/" + ARN;
    private static final String BOOTSTRAP = "/v1/clusters/" + ARN + "/bootstrap-brokers";
    private static final String NODES = "/v1/clusters/" + ARN + "/nodes";
    private static final AuthSettings SCRAM = new AuthSettings.ScramSha512("u", new Secret("p"), null);

    private final Map<String, Answer> answers = new HashMap<>();
    private final Queue<Answer> first = new ArrayDeque<>();
    private final HttpStub stub = new HttpStub(this::answer);
    private final MskApi api = StubbedMsk.at(stub, ARN);

    private Answer answer(Request request) {
        if (!first.isEmpty()) {
            return first.remove();
        }
        return answers.getOrDefault(
                request.path(), Answer.error(404, "NotFoundException", "The requested resource doesn't exist."));
    }

    @AfterEach
    void close() {
        api.close();
        stub.close();
    }

    @Test
    void describesAZooKeeperModeClusterWithAllPagesOfItsNodes() {
        answers.put(CLUSTER, recorded("cluster-zookeeper.json"));
        answers.put(NODES, recorded("nodes-first.json"));
        answers.put(NODES + "?nextToken=page-2", recorded("nodes-brokers.json"));
        MskProvisioned cluster = provisioned();
        assertThat(cluster.state()).isEqualTo("ACTIVE");
        assertThat(cluster.kafkaVersion()).isEqualTo("3.9.x");
        assertThat(cluster.mode().mode()).isEqualTo(Mode.ZOOKEEPER);
        assertThat(cluster.brokers()).isEqualTo(new MskBrokers(6, "kafka.m5.large", 3, "TIERED"));
        assertThat(cluster.access())
                .isEqualTo(new MskAccess(Set.of(Authentication.IAM, Authentication.SCRAM_SHA_512), false, true));
        assertThat(cluster.configuration())
                .contains(new MskConfiguration(
                        "arn:aws:kafka:eu-central-1:111122223333:configuration/orders/"
                                + "22222222-2222-3333-4444-555555555555-1",
                        4));
        assertThat(stub.seen()).hasSize(3);
    }

    @Test
    void describesAKraftModeClusterByTheControllersOnItsLastPage() {
        answers.put(CLUSTER, recorded("cluster-kraft.json"));
        answers.put(NODES, recorded("nodes-first.json"));
        answers.put(NODES + "?nextToken=page-2", recorded("nodes-controllers.json"));
        MskProvisioned cluster = provisioned();
        assertThat(cluster.isActive()).isFalse();
        assertThat(cluster.mode().mode()).isEqualTo(Mode.KRAFT);
        assertThat(cluster.brokers()).isEqualTo(new MskBrokers(3, "express.m7g.large", 3, "LOCAL"));
        assertThat(cluster.access()).isEqualTo(new MskAccess(Set.of(Authentication.MTLS), true, false));
        assertThat(cluster.configuration()).isEmpty();
    }

    @Test
    void tellsAServerlessClusterWithoutAskingForNodes() {
        answers.put(CLUSTER, recorded("cluster-serverless.json"));
        assertThat(api.describe()).isEqualTo(new MskServerless(ARN, "ACTIVE"));
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void choosesTheAddressOfTheAuthenticationAndAPublicOneWhereThereIsNoOther() {
        answers.put(BOOTSTRAP, recorded("bootstrap.json"));
        assertThat(api.bootstrapServers(SCRAM)).isEqualTo("b-1.orders:9096,b-2.orders:9096");
        assertThat(api.bootstrapServers(new AuthSettings.Iam(null))).isEqualTo("b-1-public.orders:9198");
    }

    @Test
    void saysWhyNoAddressFits() {
        answers.put(BOOTSTRAP, recorded("bootstrap.json"));
        fails(
                () -> api.bootstrapServers(new AuthSettings.Plaintext()),
                FailureName.CONFIGURATION_WRONG,
                "no address for auth.mode plaintext; turn on unauthenticated access without TLS");
    }

    @Test
    void findsTheConversionInPlaceAmongTheCompatibleVersions() {
        answers.put(CLUSTER, recorded("cluster-zookeeper.json"));
        answers.put(NODES, recorded("nodes-brokers.json"));
        answers.put("/v1/compatible-kafka-versions?clusterArn=" + ARN, recorded("compatible.json"));
        assertThat(api.compatibleVersions()).containsExactly("3.9.x.kraft");
        assertThat(InPlaceConversion.of(provisioned(), api.compatibleVersions()).isEligible())
                .isTrue();
    }

    @Test
    void readsTheServerPropertiesOfAConfiguration() {
        MskConfiguration configuration = new MskConfiguration(
                "arn:aws:kafka:eu-central-1:111122223333:configuration/orders/22222222-2222-3333-4444-555555555555-1",
                4);
        answers.put("/v1/configurations/" + configuration.arn() + "/revisions/4", recorded("revision.json"));
        assertThat(api.serverProperties(configuration)).isEqualTo("message.max.bytes=1048588\n");
    }

    @Test
    void listsTheScramSecretsOfAllPages() {
        String path = "/v1/clusters/" + ARN + "/scram-secrets";
        answers.put(path, recorded("scram-first.json"));
        answers.put(path + "?nextToken=page-2", recorded("scram-last.json"));
        assertThat(api.scramSecrets())
                .containsExactly(
                        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_a-111111",
                        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_b-222222");
    }

    @Test
    void asksAgainWhereItAsksTooOften() {
        answers.put(BOOTSTRAP, recorded("bootstrap.json"));
        first.add(Answer.error(429, "TooManyRequestsException", "Too Many Requests"));
        first.add(Answer.error(503, "ServiceUnavailableException", "Service Unavailable"));
        assertThat(api.bootstrapServers(SCRAM)).startsWith("b-1.orders:9096");
        assertThat(stub.seen()).hasSize(3);
    }

    @Test
    void givesUpWhereItIsStillTooOftenAfterAllTries() {
        answers.put(BOOTSTRAP, Answer.error(429, "TooManyRequestsException", "Too Many Requests"));
        assertThatThrownBy(api::bootstrapStrings)
                .isInstanceOf(TryAgain.class)
                .hasMessageStartingWith("SERVICE_UNREACHABLE")
                .hasMessageContaining("kafka:GetBootstrapBrokers was refused (429 TooManyRequestsException");
        assertThat(stub.seen()).hasSize(3);
    }

    @Test
    void tellsThatThereIsNoSuchClusterInTheAccountAndRegion() {
        fails(
                api::describe,
                FailureName.CONFIGURATION_WRONG,
                "account 111122223333 has no such cluster in eu-central-1");
    }

    @Test
    void namesThePermissionThatIsMissing() {
        answers.put(
                CLUSTER,
                Answer.error(
                        403,
                        "AccessDeniedException",
                        "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform:"
                                + " kafka:DescribeClusterV2 on resource: " + ARN));
        fails(api::describe, FailureName.ACCESS_DENIED, "allow kafka:DescribeClusterV2 on " + ARN + " to this role");
    }

    @Test
    void namesThePermissionWhereTheAnswerDoesNot() {
        answers.put(CLUSTER, recorded("cluster-zookeeper.json"));
        answers.put(NODES, Answer.error(403, "ForbiddenException", "Forbidden"));
        fails(api::describe, FailureName.ACCESS_DENIED, "allow kafka:ListNodes on " + ARN + " to this role");
    }

    @Test
    void namesTheConfigurationThatMayNotBeRead() {
        MskConfiguration configuration = new MskConfiguration(
                "arn:aws:kafka:eu-central-1:111122223333:configuration/orders/22222222-2222-3333-4444-555555555555-1",
                4);
        String path = "/v1/configurations/" + configuration.arn() + "/revisions/4";
        answers.put(path, Answer.error(403, "ForbiddenException", "Forbidden"));
        fails(
                () -> api.serverProperties(configuration),
                FailureName.ACCESS_DENIED,
                "allow kafka:DescribeConfigurationRevision on " + configuration.arn() + " to this role");
        answers.remove(path);
        fails(
                () -> api.serverProperties(configuration),
                FailureName.CONFIGURATION_WRONG,
                "there is no " + configuration.arn() + " any more");
    }

    @Test
    void tellsThatThereIsNoSuchRegion() {
        MskArn nowhere = MskArn.of(ARN.value().replace("eu-central-1", "eu-nowhere-9"));
        try (MskApi elsewhere = StubbedMsk.at(URI.create("https://kafka.eu-nowhere-9.invalid"), nowhere)) {
            fails(elsewhere::describe, FailureName.CONFIGURATION_WRONG, "correct the ARN's region");
        }
    }

    @Test
    void tellsThatTheCredentialsAreOfAnotherAccount() {
        answers.put(
                CLUSTER,
                Answer.error(
                        403,
                        "AccessDeniedException",
                        "User: arn:aws:sts::999988887777:assumed-role/r/s is not authorized to perform:"
                                + " kafka:DescribeClusterV2 on resource: " + ARN));
        fails(
                api::describe,
                FailureName.ACCESS_DENIED,
                "the ARN is of account 111122223333 and these credentials are of 999988887777");
    }

    @Test
    void asksForNewCredentialsWhenTheyExpired() {
        answers.put(CLUSTER, Answer.error(403, "ExpiredTokenException", "The security token is expired"));
        fails(api::describe, FailureName.ACCESS_DENIED, "renew the credentials");
    }

    @Test
    void refusesWhatIsNoArnOfACluster() {
        for (String text : List.of(
                "orders",
                "arn:aws:kafka:eu-central-1:111122223333:topic/orders/1/t",
                "arn:aws:kafka:eu-central-1:1111:cluster/orders/1",
                "arn:aws:s3:::orders")) {
            fails(
                    () -> MskApi.of(text, AwsSession.BY_DEFAULT_CHAINS),
                    FailureName.CONFIGURATION_WRONG,
                    "must be arn:aws:kafka:REGION:ACCOUNT");
        }
    }

    private MskProvisioned provisioned() {
        return api.describe().fold(cluster -> cluster, serverless -> {
            throw new AssertionError("must be provisioned, was " + serverless);
        });
    }

    private static void fails(Runnable call, FailureName name, String message) {
        assertThatThrownBy(call::run)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining(message)
                .extracting(failure -> ((KraftliftFailure) failure).failureName())
                .isEqualTo(name);
    }

    private static Answer recorded(String file) {
        return Answer.recorded(MskApiTest.class, file);
    }
}
