package io.kraftlift.local.demo;

import java.nio.file.Path;
import java.util.List;

/** The worker's options for Java, as in every deployment. */
public final class WorkerOptions {
    private static final String FILE = "fargate-replicator/src/main/jvm/worker.options";

    private WorkerOptions() {}

    /**
     * With a heap of its own.
     *
     * @param home the project's root folder
     * @param heap such as {@code -Xmx384m}
     */
    public static List<String> below(Path home, String heap) {
        return List.of("@" + home.resolve(FILE), heap);
    }
}
