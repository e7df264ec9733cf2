package io.kraftlift.access.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {
    private static final AuthSettings IAM = new AuthSettings.Iam(null);

    @Test
    void asksForTheAddressOfAClusterThatIsGivenByItsArn() {
        Map<String, Object> properties = ClientProperties.of(
                new ClusterSettings(new ClusterLocation.Arn("arn:orders"), IAM),
                AwsSession.BY_DEFAULT_CHAINS,
                (arn, auth) -> auth.equals(IAM) ? "brokers-of-" + arn + ":9098" : "another");
        assertThat(properties)
                .containsEntry("bootstrap.servers", "brokers-of-arn:orders:9098")
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void asksNobodyForAnAddressThatIsGiven() {
        Map<String, Object> properties = ClientProperties.of(
                new ClusterSettings(new ClusterLocation.Bootstrap("b-1:9092"), new AuthSettings.Plaintext()),
                AwsSession.BY_DEFAULT_CHAINS,
                (arn, auth) -> {
                    throw new AssertionError("nobody must be asked");
                });
        assertThat(properties).containsEntry("bootstrap.servers", "b-1:9092");
    }

    @Test
    void namesIamClassesThatAreThere() throws ReflectiveOperationException {
        Map<String, Object> properties = ClientProperties.of(
                new ClusterSettings(new ClusterLocation.Bootstrap("b-1:9098"), IAM),
                AwsSession.BY_DEFAULT_CHAINS,
                (arn, auth) -> "");
        Class<?> handler = Class.forName(String.valueOf(properties.get("sasl.client.callback.handler.class")));
        assertThat(AuthenticateCallbackHandler.class).isAssignableFrom(handler);
        assertThat(handler.getDeclaredConstructor().newInstance()).isNotNull();
        String loginModule = String.valueOf(properties.get("sasl.jaas.config")).split(" ", 2)[0];
        assertThat(Class.forName(loginModule).getDeclaredConstructor().newInstance())
                .isNotNull();
    }

    @Test
    void signsInByTheProfileOfTheSession() {
        Map<String, Object> properties = ClientProperties.of(
                new ClusterSettings(new ClusterLocation.Bootstrap("b-1:9098"), IAM),
                new AwsSession(Optional.empty(), Optional.of("night \"shift\"")),
                (arn, auth) -> "");

        assertThat(properties)
                .containsEntry(
                        "sasl.jaas.config",
                        "software.amazon.msk.auth.iam.IAMLoginModule required awsProfileName=\"night \\\"shift\\\"\";");
    }
}
