package io.kraftlift.cdk.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContextReaderTest {
    @Test
    void needsNoSettingAtAll() {
        DeploymentSettings settings = ContextReader.read(Map.of());

        assertThat(settings.qualifier()).isEqualTo("main");
        assertThat(settings.network()).isEqualTo(new NetworkSettings.Made());
        assertThat(settings.workerImage()).isEqualTo(new WorkerImage.Built(Optional.empty(), "fargate-replicator"));
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings(null, null, null, 2557, StorageSettings.LockMode.GOVERNANCE));
    }

    @Test
    void passesOverWhatIsCdksOwn() {
        DeploymentSettings settings = ContextReader.read(Map.of(
                "@aws-cdk/core:enablePartitionLiterals", true,
                "aws:cdk:enable-path-metadata", true,
                "availability-zones:account=1:region=eu-west-1", List.of("eu-west-1a"),
                "cli-telemetry", false,
                "qualifier", "orders"));

        assertThat(settings.qualifier()).isEqualTo("orders");
    }

    @Test
    void namesTheSettingThatWasProbablyMeant() {
        assertThatThrownBy(() -> ContextReader.read(Map.of("vcp_id", "vpc-0a1b2c3d")))
                .isInstanceOf(SettingsRefused.class)
                .hasMessage("context vcp_id: is no setting; did you mean vpc_id?");
    }

    @Test
    void listsTheSettingsWhereNoneIsNear() {
        assertThatThrownBy(() -> ContextReader.read(Map.of("colour", "blue")))
                .hasMessageStartingWith("context colour: is no setting; the settings are qualifier, vpc_id, ");
    }

    @Test
    void reportsEveryProblemAtOnceWithItsRemedy() {
        assertThatThrownBy(() -> ContextReader.read(Map.of(
                        "qualifier", "Orders", "subnet_ids", "subnet-0a1b2c3d,sub-1", "evidence_lock_days", "40000")))
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .containsExactly(
                                "context qualifier: must be 1 to 20 of [a-z0-9-], starting with a letter, was \"Orders\";"
                                        + " write it like orders",
                                "context subnet_ids: must be ids of private subnets, comma separated, was \"sub-1\";"
                                        + " write it like subnet-0a1b2c3d,subnet-1a2b3c4d",
                                "context subnet_ids: stands with vpc_id only, which is missing; add -c"
                                        + " vpc_id=vpc-0a1b2c3d4e5f60718",
                                "context evidence_lock_days: must be a whole number of days from 1 to 36500, was 40000; a"
                                        + " century is what S3 takes"));
    }

    @Test
    void wantsAnImageByItsDigest() {
        assertThatThrownBy(() -> ContextReader.read(Map.of("worker_image", "registry.example.com/kraftlift:latest")))
                .hasMessageStartingWith("context worker_image: must be an image in a registry, named by its digest");
    }

    @Test
    void takesOneImageOnly() {
        assertThatThrownBy(() -> ContextReader.read(Map.of(
                        "worker_image",
                        "r.example.com/k@sha256:" + "0".repeat(64),
                        "worker_image_tarball",
                        "worker.tar")))
                .hasMessage("context worker_image: must not stand beside worker_image_tarball; remove one of them");
    }

    @Test
    void wantsOneValueWhereOneIsMeant() {
        assertThatThrownBy(() -> ContextReader.read(Map.of("qualifier", "orders,payments")))
                .hasMessage("context qualifier: must be one value, were 2; keep one");
    }

    @Test
    void takesListsOfTheCommandLineAndOfFiles() {
        DeploymentSettings settings = ContextReader.read(Map.of(
                "vpc_id",
                "vpc-0a1b2c3d",
                "subnet_ids",
                "subnet-0a1b2c3d, subnet-1a2b3c4d",
                "security_group_ids",
                List.of("sg-0a1b2c3d", "sg-1a2b3c4d")));

        assertThat(settings.network())
                .isEqualTo(new NetworkSettings.Brought(
                        "vpc-0a1b2c3d",
                        List.of("subnet-0a1b2c3d", "subnet-1a2b3c4d"),
                        List.of("sg-0a1b2c3d", "sg-1a2b3c4d")));
    }

    @Test
    void leavesTheLockToABucketThatIsBrought() {
        assertThatThrownBy(() ->
                        ContextReader.read(Map.of("evidence_bucket", "evidence", "evidence_lock_mode", "COMPLIANCE")))
                .hasMessage("context evidence_bucket: must not stand beside evidence_lock_mode; remove one of them");
    }
}
