package io.kraftlift.access.msk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.access.aws.HttpStub.Request;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.plan.MskSurvey;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.plan.MskFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kafka.KafkaClient;

/** What a plan asks of MSK, against a server on loopback that answers in its shapes. */
class MskSurveyTest {
    private static final MskArn ARN =
            MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1");
    private static final ClusterSettings BY_ARN =
            new ClusterSettings(new ClusterLocation.Arn(ARN.value()), new AuthSettings.Iam(null));
    private static final String CLUSTER = "/api/v2/clusters/" + ARN;
    private static final String CONFIGURATION = "/v1/configurations/"
            + "arn:aws:kafka:eu-central-1:111122223333:configuration/orders/22222222-2222-3333-4444-555555555555-1"
            + "/revisions/4";

    private final Map<String, Answer> answers = new HashMap<>();
    private final HttpStub stub = new HttpStub(this::answer);

    private Answer answer(Request request) {
        return answers.getOrDefault(
                request.path(), Answer.error(403, "ForbiddenException", "not allowed: " + request.path()));
    }

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void asksForEverythingThatAPlanNeeds() {
        answers.put(CLUSTER, recorded("cluster-zookeeper.json"));
        answers.put("/v1/clusters/" + ARN + "/nodes", recorded("nodes-brokers.json"));
        answers.put("/v1/compatible-kafka-versions?clusterArn=" + ARN, recorded("compatible.json"));
        answers.put(CONFIGURATION, recorded("revision.json"));
        answers.put("/v1/clusters/" + ARN + "/scram-secrets", recorded("scram-last.json"));

        MskFacts facts = ask();

        assertThat(facts.cluster().<Object>fold(MskCluster::arn, why -> why)).isEqualTo(ARN);
        assertThat(facts.offeredVersions()).isEqualTo(Reading.known(List.of("3.9.x.kraft")));
        assertThat(facts.serverProperties()).isEqualTo(Reading.known("message.max.bytes=1048588\n"));
        assertThat(facts.scramSecrets().or(List.of())).hasSize(1);
    }

    @Test
    void goesOnWithoutWhatIsNotAllowedAndSaysWhichPermissionIsMissing() {
        answers.put(CLUSTER, recorded("cluster-zookeeper.json"));
        answers.put("/v1/clusters/" + ARN + "/nodes", recorded("nodes-brokers.json"));

        MskFacts facts = ask();

        assertThat(why(facts.offeredVersions())).contains("kafka:GetCompatibleKafkaVersions");
        assertThat(why(facts.serverProperties())).contains("kafka:DescribeConfigurationRevision");
        assertThat(why(facts.scramSecrets())).contains("kafka:ListScramSecrets");
    }

    @Test
    void asksNothingMoreWhereTheClusterIsNotDescribed() {
        MskFacts facts = ask();

        assertThat(why(facts.cluster())).contains("kafka:DescribeClusterV2");
        assertThat(why(facts.offeredVersions())).contains("kafka:DescribeClusterV2");
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void asksNothingOfAServerlessClusterThatItHasNot() {
        answers.put(CLUSTER, recorded("cluster-serverless.json"));

        MskFacts facts = ask();

        assertThat(facts.offeredVersions()).isEqualTo(Reading.known(List.of()));
        assertThat(facts.scramSecrets()).isEqualTo(Reading.known(List.of()));
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void asksNothingAboutAClusterThatIsNotGivenByAnArn() {
        assertThat(new MskSurvey(arn -> {
                            throw new AssertionError("must not be asked");
                        })
                        .ask(new ClusterSettings(
                                new ClusterLocation.Bootstrap("somewhere:9092"), new AuthSettings.Plaintext())))
                .isEmpty();
    }

    private MskFacts ask() {
        return new MskSurvey(arn -> api()).ask(BY_ARN).orElseThrow();
    }

    private MskApi api() {
        return new MskApi(
                ARN,
                MskApi.configured(
                                KafkaClient.builder(),
                                new Patience(3, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(5)))
                        .endpointOverride(stub.uri())
                        .region(Region.of(ARN.region()))
                        .credentialsProvider(AwsEndpoint.credentials())
                        .build());
    }

    private static String why(Reading<?> reading) {
        return reading.fold(known -> "known", why -> why);
    }

    private static Answer recorded(String file) {
        return Answer.recorded(MskApiTest.class, file);
    }
}
