package io.kraftlift.access.config;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fetches the configuration file that a run refers to, and reads it. */
public final class StoredConfigurations {
    private final ConfigReader reader;

    public StoredConfigurations(ConfigReader reader) {
        this.reader = reader;
    }

    /**
     * Reads a configuration.
     *
     * @param config where the file lies, {@code file:///…}, and the digest of its bytes
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it cannot be fetched or breaks a rule
     * @throws InvariantBroken OBJECT_DAMAGED when its bytes are not those that the run began with
     */
    public ReadConfig read(ObjectReference config) {
        byte[] yaml = fetch(config);
        Sha256 found = Sha256.of(yaml);
        if (!found.equals(config.sha256())) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    config.uri() + ": must have the digest " + config.sha256() + " that the run began with, has "
                            + found);
        }
        return reader.read(config.uri().toString(), yaml);
    }

    private static byte[] fetch(ObjectReference config) {
        if (!"file".equals(config.uri().getScheme())) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    config.uri() + ": this version reads configurations from files only; pass a file:/// address");
        }
        try {
            return Files.readAllBytes(Path.of(config.uri()));
        } catch (IOException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    config.uri() + ": cannot be read (" + e.getMessage() + "); put the file back",
                    e);
        }
    }
}
