package io.kraftlift.access.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.HttpStub;
import io.kraftlift.access.aws.HttpStub.Answer;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.config.SecretUnavailable;
import io.kraftlift.core.failures.TryAgain;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsManagerSourceTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-3:111122223333:secret:AmazonMSK_copier-Ab1Cd2";

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final HttpStub stub = new HttpStub(request -> answers.size() > 1 ? answers.remove() : answers.element());
    private final List<Region> regions = new ArrayList<>();
    private final SecretsManagerSource source = new SecretsManagerSource(region -> {
        regions.add(region);
        return SecretsManagerSource.configured(
                        SecretsManagerClient.builder(),
                        new Patience(3, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(5)))
                .endpointOverride(stub.uri())
                .region(region)
                .credentialsProvider(AwsEndpoint.credentials())
                .build();
    });

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void givesTheMemberOfAJsonSecretFromTheRegionOfItsArn() throws SecretUnavailable {
        answers.add(secret("{\\\"username\\\":\\\"copier\\\",\\\"password\\\":\\\"s3cr3t\\\"}"));
        assertThat(source.secret(ARN, "password")).isEqualTo("s3cr3t");
        assertThat(regions).containsExactly(Region.EU_WEST_3);
        assertThat(stub.seen().get(0).body()).contains(ARN);
    }

    @Test
    void asksOnceForAllMembers() throws SecretUnavailable {
        answers.add(secret("{\\\"username\\\":\\\"copier\\\",\\\"password\\\":\\\"s3cr3t\\\"}"));
        source.secret(ARN, "password");
        source.secret(ARN, "username");
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void givesAPlainTextUnderItsOwnKeyOnly() throws SecretUnavailable {
        answers.add(secret("pl41n{"));
        assertThat(source.secret(ARN, "SecretString")).isEqualTo("pl41n{");
        SecretUnavailable failure = refused("password");
        assertThat(failure).hasMessageContaining(ARN).hasMessageContaining("is a plain text");
        assertThat(failure.remedy()).contains("#SecretString");
        assertThat(failure).hasMessageNotContaining("pl41n").hasNoCause();
    }

    @Test
    void namesTheMemberThatIsMissing() {
        answers.add(secret(
                "{\\\"password\\\":\\\"s3cr3t\\\",\\\"object\\\":{\\\"a\\\":\\\"d33p\\\"},\\\"nothing\\\":null}"));
        for (String key : List.of("user", "object", "nothing")) {
            assertThat(refused(key))
                    .hasMessageContaining("must have the member " + key)
                    .hasMessageNotContaining("s3cr3t")
                    .hasMessageNotContaining("d33p");
        }
    }

    @Test
    void refusesABinarySecret() {
        answers.add(Answer.ok("{\"ARN\":\"" + ARN + "\",\"SecretBinary\":\"AAEC\"}"));
        assertThat(refused("password")).hasMessageContaining("is binary");
    }

    @Test
    void namesThePermissionThatIsMissing() {
        answers.add(Answer.error(
                400,
                "AccessDeniedException",
                "User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform:"
                        + " secretsmanager:GetSecretValue on resource: " + ARN));
        assertThat(refused("password").remedy())
                .isEqualTo("allow secretsmanager:GetSecretValue for " + ARN + " to this role");
    }

    @Test
    void namesThePermissionWhereTheAnswerDoesNot() {
        answers.add(Answer.error(400, "AccessDeniedException", "Access to KMS is not allowed"));
        assertThat(refused("password").remedy())
                .contains("secretsmanager:GetSecretValue")
                .contains("kms:Decrypt");
    }

    @Test
    void saysThatThereIsNoSuchSecret() {
        answers.add(Answer.error(400, "ResourceNotFoundException", "Secrets Manager can't find the secret."));
        assertThat(refused("password").remedy()).isEqualTo("make the secret, or correct the ARN");
    }

    @Test
    void refusesAnArnOfAnotherServiceWithoutAsking() {
        SecretUnavailable failure = catchThrowableOfType(
                SecretUnavailable.class, () -> source.secret("arn:aws:ssm:eu-west-3:111122223333:parameter/p", "k"));
        assertThat(failure).hasMessageContaining("must be named by an ARN of Secrets Manager");
        assertThat(stub.seen()).isEmpty();
    }

    @Test
    void asksAgainWhereTheServiceIsBusy() throws SecretUnavailable {
        answers.add(Answer.error(400, "ThrottlingException", "Rate exceeded"));
        answers.add(Answer.error(500, "InternalServiceError", "An error occurred on the server side."));
        answers.add(secret("{\\\"password\\\":\\\"s3cr3t\\\"}"));
        assertThat(source.secret(ARN, "password")).isEqualTo("s3cr3t");
    }

    @Test
    void givesUpOnABusyServiceAfterItsTries() {
        answers.add(Answer.error(400, "ThrottlingException", "Rate exceeded"));
        assertThatThrownBy(() -> source.secret(ARN, "password"))
                .isInstanceOf(TryAgain.class)
                .hasMessageStartingWith("SERVICE_UNREACHABLE");
        assertThat(stub.seen()).hasSize(3);
    }

    private SecretUnavailable refused(String key) {
        return catchThrowableOfType(SecretUnavailable.class, () -> source.secret(ARN, key));
    }

    private static Answer secret(String escapedText) {
        return Answer.ok(
                "{\"ARN\":\"" + ARN + "\",\"Name\":\"AmazonMSK_copier\",\"SecretString\":\"" + escapedText + "\"}");
    }
}
