package io.kraftlift.local.demo;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of a demo run. It carries a mark, so that only a demo's own folder is ever emptied. */
final class RunFolder {
    private static final String MARK = "kraftlift-demo-run";

    private final Path directory;

    private RunFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the folder, or empties an earlier run's.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it holds anything that no demo has put there
     */
    static RunFolder claim(Path directory) {
        try {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve(MARK)) && !isEmpty(directory)) {
                throw new OperatorActionNeeded(
                        FailureName.CONFIGURATION_WRONG,
                        "--dir: must be empty or an earlier demo's, " + directory
                                + " holds something else; name another");
            }
            empty(directory);
            Files.writeString(directory.resolve(MARK), "The folder of a demo run; it is emptied by the next.\n");
            return new RunFolder(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("the run folder " + directory + " cannot be made", e);
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void empty(Path directory) throws IOException {
        List<Path> entries;
        try (Stream<Path> walk = Files.walk(directory)) {
            entries = walk.filter(path -> !path.equals(directory))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
    }
}
