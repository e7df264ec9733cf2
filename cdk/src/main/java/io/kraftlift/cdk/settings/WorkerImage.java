package io.kraftlift.cdk.settings;

import java.util.Optional;

/** Where the workers' image comes from. */
public sealed interface WorkerImage {
    /** A registry that the workers can pull from; nothing is built. */
    record Registry(String name) implements WorkerImage {}

    /** A file that {@code docker save} wrote, loaded and pushed at deployment. */
    record Tarball(String path) implements WorkerImage {}

    /**
     * The Dockerfile, built at deployment.
     *
     * @param baseImage named by its digest; without it the template can be made, and a deployment fails before it changes
     *     anything
     * @param folder the path of the folder with the Dockerfile and, in {@code target/image}, what goes into the image
     */
    record Built(Optional<String> baseImage, String folder) implements WorkerImage {}
}
