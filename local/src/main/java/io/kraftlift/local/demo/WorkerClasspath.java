package io.kraftlift.local.demo;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The worker's class path, as the build wrote it. */
public final class WorkerClasspath {
    private static final String FILE = "fargate-replicator/target/classpath";

    private WorkerClasspath() {}

    /**
     * Reads it.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the worker was not built
     */
    public static String below(Path home) {
        Path file = home.resolve(FILE);
        try {
            return home.resolve("fargate-replicator/target/classes")
                    + java.io.File.pathSeparator
                    + Files.readString(file).strip();
        } catch (IOException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    file + " is missing; build the worker with ./mvnw -q -DskipTests package",
                    e);
        }
    }
}
