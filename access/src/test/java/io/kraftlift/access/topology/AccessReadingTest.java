package io.kraftlift.access.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.msk.StubbedMsk;
import io.kraftlift.access.topology.AccessReading.Admins;
import io.kraftlift.core.accessmap.AccessMap;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.scram.ScramAssociations;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is left to a person when both clusters are MSK's, as the API tells it and as it is written. */
class AccessReadingTest {
    private static final String OLD =
            "arn:aws:kafka:eu-central-1:111122223333:cluster/old/11111111-2222-3333-4444-555555555555-1";
    private static final String NEW =
            "arn:aws:kafka:eu-central-1:111122223333:cluster/new/21111111-2222-3333-4444-555555555555-2";
    private static final AclReading ACLS = new AclReading.Rules(List.of(
            new AclRule("TOPIC", "orders", "LITERAL", "User:ann", "*", "READ", "ALLOW"),
            new AclRule("TOPIC", "orders", "LITERAL", "User:ann", "10.0.0.7", "WRITE", "DENY")));

    private final Map<String, Answer> answers = new HashMap<>();
    private final HttpStub stub = new HttpStub(request -> answers.getOrDefault(
            request.path(), Answer.error(404, "NotFoundException", "The requested resource doesn't exist.")));

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void writesTheAssociationsOfTheSecretsThatTheTargetLacks() throws Exception {
        answers.put(secretsOf(OLD), Answer.ok("{\"secretArnList\":[\"" + secret("a") + "\",\"" + secret("b") + "\"]}"));
        answers.put(secretsOf(NEW), Answer.ok("{\"secretArnList\":[\"" + secret("b") + "\"]}"));

        ScramAssociations scram = read("{mode: tls}").scram();

        String json = Documents.writeText(scram);
        assertThat(json)
                .isEqualTo("{\"associate\":[[\"" + secret("a") + "\"]],\"associated\":[\"" + secret("b")
                        + "\"],\"format\":1,\"remarks\":[],\"to_make\":[]}");
        assertThat(Documents.read(json.getBytes(StandardCharsets.UTF_8), ScramAssociations.class, "scram"))
                .isEqualTo(scram);
    }

    @Test
    void saysWhichPermissionIsMissingWhereTheSecretsMayNotBeListed() throws Exception {
        answers.put(secretsOf(OLD), Answer.error(403, "ForbiddenException", "Forbidden"));
        answers.put(secretsOf(NEW), Answer.ok("{\"secretArnList\":[]}"));

        assertThat(read("{mode: tls}").scram().remarks())
                .singleElement()
                .asString()
                .contains(
                        "the source's SCRAM secrets could not be read: ACCESS_DENIED",
                        "allow kafka:ListScramSecrets on " + OLD);
    }

    @Test
    void writesTheAccessMapOfATargetThatIsReachedByIamAndOfNoOther() throws Exception {
        answers.put(secretsOf(OLD), Answer.ok("{\"secretArnList\":[]}"));
        answers.put(secretsOf(NEW), Answer.ok("{\"secretArnList\":[]}"));

        AccessMap map = read("{mode: iam}").map().orElseThrow();

        String json = Documents.writeText(map);
        assertThat(json).isEqualTo(GOLDEN_MAP.replace("\n", "").replace("NEW", NEW));
        assertThat(Documents.read(json.getBytes(StandardCharsets.UTF_8), AccessMap.class, "map"))
                .isEqualTo(map);
        assertThat(read("{mode: tls}").map()).isEmpty();
    }

    private AccessReading read(String targetAuth) throws InterruptedException {
        String yaml = """
                source: {cluster_arn: "%s", auth: {mode: tls}}
                target: {cluster_arn: "%s", auth: %s}
                backup: {directory: backup}
                evidence: {directory: evidence}
                """.formatted(OLD, NEW, targetAuth);
        MigrationConfig config = new ConfigReader(Map.of(), SecretSource.NONE)
                .read("m.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .config();
        return AccessReading.of(
                config, ACLS, new Admins(unasked(), unasked()), arn -> StubbedMsk.at(stub, MskArn.of(arn)));
    }

    /** Kafka is not asked where MSK tells. */
    private static Admin unasked() {
        return (Admin) Proxy.newProxyInstance(
                AccessReadingTest.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    throw new AssertionError("asked for " + method);
                });
    }

    private static String secretsOf(String cluster) {
        return "/v1/clusters/" + cluster + "/scram-secrets";
    }

    private static String secret(String user) {
        return "arn:aws:secretsmanager:eu-central-1:111122223333:secret:AmazonMSK_" + user + "-111111";
    }

    private static final String GOLDEN_MAP = """
            {"format":1,"principals":[{"attach_to":"the role that takes the place of User:ann","policies":[{
            "Statement":[{"Action":["kafka-cluster:Connect"],"Effect":"Allow","Resource":["NEW"],"Sid":"Allow1"},
            {"Action":["kafka-cluster:DescribeTopic","kafka-cluster:ReadData"],"Effect":"Allow","Resource":[
            "arn:aws:kafka:eu-central-1:111122223333:topic/new/21111111-2222-3333-4444-555555555555-2/orders"],
            "Sid":"Allow2"}],"Version":"2012-10-17"}],"principal":"User:ann","unmapped":[{
            "reason":"MSK's policies do not know hosts; limit the network instead (security groups, subnets)",
            "rule":{"host":"10.0.0.7","name":"orders","operation":"WRITE","pattern_type":"LITERAL",
            "permission":"DENY","principal":"User:ann","resource_type":"TOPIC"}}]}],
            "remarks":["1 ACLs have no equal in IAM, see unmapped: decide what takes the place of each"],
            "target_cluster":"NEW"}""";
}
