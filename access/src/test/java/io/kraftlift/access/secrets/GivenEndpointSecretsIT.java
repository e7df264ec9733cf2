package io.kraftlift.access.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.access.aws.GivenAwsEndpoint;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.config.SecretUnavailable;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets as a server keeps them. */
@ExtendWith(GivenAwsEndpoint.class)
class GivenEndpointSecretsIT {
    private final AwsEndpoint endpoint;

    GivenEndpointSecretsIT(AwsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Test
    void readsAMemberOfASecretByItsArn() throws SecretUnavailable {
        String arn;
        try (SecretsManagerClient client = client(AwsEndpoint.REGION)) {
            arn = client.createSecret(request -> request.name("kraftlift-" + UUID.randomUUID())
                            .secretString("{\"username\":\"copier\",\"password\":\"s3cr3t\"}"))
                    .arn();
        }

        assertThat(new SecretsManagerSource(this::client).secret(arn, "password"))
                .isEqualTo("s3cr3t");
    }

    @Test
    void saysThatASecretIsNotThere() {
        String arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:none-" + UUID.randomUUID();
        SecretsManagerSource source = new SecretsManagerSource(this::client);

        assertThatThrownBy(() -> source.secret(arn, "password"))
                .isInstanceOfSatisfying(
                        SecretUnavailable.class,
                        failure -> assertThat(failure.remedy()).isEqualTo("make the secret, or correct the ARN"));
    }

    private SecretsManagerClient client(Region region) {
        return SecretsManagerSource.configured(SecretsManagerClient.builder(), Patience.FOR_QUESTIONS)
                .endpointOverride(endpoint.uri())
                .region(region)
                .credentialsProvider(AwsEndpoint.credentials())
                .build();
    }
}
