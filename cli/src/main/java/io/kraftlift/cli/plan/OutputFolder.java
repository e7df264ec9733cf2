package io.kraftlift.cli.plan;

import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A folder that files are written to together: all of them aside first, then each is moved into its place. */
final class OutputFolder {
    private static final String ASIDE = ".aside-";

    private final Path folder;
    private final Overwriting overwriting;

    /** What happens with files of the same names. */
    enum Overwriting {
        REFUSED,
        FORCED
    }

    OutputFolder(Path folder, Overwriting overwriting) {
        this.folder = folder;
        this.overwriting = overwriting;
    }

    /**
     * Makes sure that none of the names would be overwritten.
     *
     * @throws CommandFailure OPERATOR_ACTION_NEEDED naming the first that is there
     */
    void require(Collection<String> names) {
        if (overwriting == Overwriting.FORCED) {
            return;
        }
        Optional<Path> there =
                names.stream().map(folder::resolve).filter(Files::exists).findFirst();
        there.ifPresent(file -> {
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    file + ": must not be there, is; move it away, choose another --out-dir, or overwrite it with"
                            + " --force");
        });
    }

    /**
     * Writes the files. After a failure there is nothing half-written: a file is there as it was or as it is to be.
     *
     * @throws CommandFailure OPERATOR_ACTION_NEEDED when one would be overwritten, or the folder takes no files
     */
    void write(Map<String, byte[]> files) {
        require(files.keySet());
        Map<Path, Path> moves = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
            try {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Path aside = folder.resolve(ASIDE + file.getKey());
                    moves.put(aside, folder.resolve(file.getKey()));
                    Files.write(aside, file.getValue());
                }
                for (Map.Entry<Path, Path> move : moves.entrySet()) {
                    Files.move(move.getKey(), move.getValue(), StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                for (Path aside : moves.keySet()) {
                    Files.deleteIfExists(aside);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.OPERATOR_ACTION_NEEDED,
                    folder + ": must be a folder that can be written to, was not ("
                            + e.getClass().getSimpleName() + ": " + e.getMessage() + "); choose another --out-dir",
                    e);
        }
    }
}
