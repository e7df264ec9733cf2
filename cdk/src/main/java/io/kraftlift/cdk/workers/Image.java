package io.kraftlift.cdk.workers;

import io.kraftlift.cdk.settings.WorkerImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.IgnoreMode;
import software.amazon.awscdk.services.ecr.IRepository;
import software.amazon.awscdk.services.ecr.Repository;
import software.amazon.awscdk.services.ecr.RepositoryAttributes;
import software.amazon.awscdk.services.ecr.assets.Platform;
import software.amazon.awscdk.services.ecs.AssetImageProps;
import software.amazon.awscdk.services.ecs.ContainerImage;
import software.constructs.Construct;

/** The workers' image, and what its pulling needs. */
final class Image {
    private static final Pattern OF_ECR =
            Pattern.compile("([0-9]{12})\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com(?:\\.cn)?/([^@:]+)@(.*)");

    /** What the Dockerfile copies, so that the image changes with it alone and not with what else a build leaves. */
    private static final List<String> NOTHING_BUT_WHAT_IS_COPIED =
            List.of("**", "!Dockerfile", "!target/image/lib/*.jar", "!src/main/jvm/worker.options");

    private final Construct scope;
    private final WorkerImage image;

    Image(Construct scope, WorkerImage image) {
        this.scope = scope;
        this.image = image;
    }

    ContainerImage of() {
        if (image instanceof WorkerImage.Registry registry) {
            return pulled(registry.name());
        }
        if (image instanceof WorkerImage.Tarball tarball) {
            return ContainerImage.fromTarball(tarball.path());
        }
        return built((WorkerImage.Built) image);
    }

    /** Built when it is deployed; here only its files are looked at. */
    private ContainerImage built(WorkerImage.Built image) {
        Optional<String> baseImage = image.baseImage();
        if (baseImage.isEmpty()) {
            Annotations.of(scope)
                    .addWarningV2(
                            "kraftlift:worker-image",
                            "worker_base_image, worker_image or worker_image_tarball: one must be set before this is"
                                    + " deployed, none is; add -c worker_base_image=<a Java 25 image for arm64>@sha256:<its"
                                    + " digest>");
        }
        return ContainerImage.fromAsset(
                image.folder(),
                AssetImageProps.builder()
                        .platform(Platform.LINUX_ARM64)
                        .ignoreMode(IgnoreMode.DOCKER)
                        .exclude(NOTHING_BUT_WHAT_IS_COPIED)
                        .buildArgs(baseImage
                                .map(base -> Map.of("BASE_IMAGE", base))
                                .orElseGet(Map::of))
                        .build());
    }

    /** With ECR, pulling has to be allowed; any other registry must be one that asks nobody. */
    private ContainerImage pulled(String name) {
        Matcher parts = OF_ECR.matcher(name);
        if (!parts.matches()) {
            return ContainerImage.fromRegistry(name);
        }
        IRepository repository = Repository.fromRepositoryAttributes(
                scope,
                "Repository",
                RepositoryAttributes.builder()
                        .repositoryArn("arn:" + Aws.PARTITION + ":ecr:" + parts.group(2) + ":" + parts.group(1)
                                + ":repository/" + parts.group(3))
                        .repositoryName(parts.group(3))
                        .build());
        return ContainerImage.fromEcrRepository(repository, parts.group(4));
    }
}
