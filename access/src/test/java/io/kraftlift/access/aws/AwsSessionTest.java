package io.kraftlift.access.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

class AwsSessionTest {
    private static final List<String> SETTINGS =
            List.of("aws.configFile", "aws.sharedCredentialsFile", "aws.accessKeyId", "aws.secretAccessKey");

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    @BeforeEach
    void haveProfiles() throws IOException {
        System.setProperty(
                "aws.configFile",
                Files.writeString(folder.resolve("config"), "[profile approver]\nregion = eu-central-1\n")
                        .toString());
        System.setProperty(
                "aws.sharedCredentialsFile",
                Files.writeString(
                                folder.resolve("credentials"),
                                "[approver]\naws_access_key_id = OF_PROFILE\naws_secret_access_key = s\n")
                        .toString());
        System.setProperty("aws.accessKeyId", "OF_PROCESS");
        System.setProperty("aws.secretAccessKey", "s");
    }

    @AfterEach
    void forget() {
        SETTINGS.forEach(System::clearProperty);
    }

    @Test
    void believesTheProfileThatWasAskedForAndNotTheProcess() {
        assertThat(of(Optional.empty(), Optional.of("approver"))
                        .credentials()
                        .resolveCredentials()
                        .accessKeyId())
                .isEqualTo("OF_PROFILE");
        assertThat(AwsSession.BY_DEFAULT_CHAINS
                        .credentials()
                        .resolveCredentials()
                        .accessKeyId())
                .isEqualTo("OF_PROCESS");
    }

    @Test
    void takesTheProfilesRegionUnlessAnotherIsGiven() {
        assertThat(of(Optional.empty(), Optional.of("approver")).regionInUse()).isEqualTo(Region.EU_CENTRAL_1);
        assertThat(of(Optional.of("eu-north-1"), Optional.of("approver")).regionInUse())
                .isEqualTo(Region.EU_NORTH_1);
    }

    @Test
    void hasNoCredentialsForAProfileThatIsNotThere() {
        assertThatThrownBy(() -> of(Optional.empty(), Optional.of("another"))
                        .credentials()
                        .resolveCredentials())
                .isInstanceOf(SdkClientException.class)
                .hasMessageContaining("another");
    }

    private static AwsSession of(Optional<String> region, Optional<String> profile) {
        return new AwsSession(region, profile);
    }
}
