package io.kraftlift.cli.verify;

import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.evidence.VerificationResult.Refused;
import io.kraftlift.core.stores.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An execution's history beside a file of evidence, and what checking it came to. */
record HistoryFile(Path file, VerificationResult result) {
    /** Those in the same folder, by name; each has to be of the evidence's migration. */
    static List<HistoryFile> beside(Path evidence, Genuine genuine, @Nullable Sha256 expectedKey) {
        @Nullable Path folder = evidence.toAbsolutePath().getParent();
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(HistoryFile::isOne)
                    .sorted()
                    .map(file -> new HistoryFile(file, check(file, genuine, expectedKey)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOne(Path file) {
        return String.valueOf(file.getFileName()).matches("history-.+\\.json");
    }

    private static VerificationResult check(Path file, Genuine genuine, @Nullable Sha256 expectedKey) {
        try {
            return EvidenceVerifier.verify(Files.readAllBytes(file), expectedKey)
                    .fold(
                            evidence -> new Refused("it is evidence, and must be a history"),
                            history -> history.migration().equals(genuine.migration())
                                    ? history
                                    : new Refused("it is of the migration " + history.migration()
                                            + ", and the evidence of " + genuine.migration()),
                            refused -> refused);
        } catch (IOException e) {
            return new Refused("it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
