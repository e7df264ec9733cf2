package io.kraftlift.access.config;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.stores.ObjectStores;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Fetches the configuration file that a run refers to, and reads it. */
public final class StoredConfigurations {
    private final ConfigReader reader;
    private final AwsSession session;

    public StoredConfigurations(ConfigReader reader) {
        this(reader, AwsSession.BY_DEFAULT_CHAINS);
    }

    /** Fetches from buckets as whom and where the session says. */
    public StoredConfigurations(ConfigReader reader, AwsSession session) {
        this.reader = reader;
        this.session = session;
    }

    /**
     * Reads a configuration.
     *
     * @param config where the file lies, {@code file:///…} or {@code s3://bucket/key}, and the digest of its bytes
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it cannot be fetched or breaks a rule, CONFIGURATION_CHANGED
     *     when its bytes are not those that the run began with
     */
    public ReadConfig read(ObjectReference config) {
        byte[] yaml = fetch(config.uri());
        Sha256 found = Sha256.of(yaml);
        if (!found.equals(config.sha256())) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_CHANGED,
                    config.uri() + ": must have the digest " + config.sha256() + " that the run began with, has "
                            + found + "; put that file back");
        }
        return reader.read(config.uri().toString(), yaml);
    }

    private byte[] fetch(URI uri) {
        return switch (String.valueOf(uri.getScheme())) {
            case "file" -> fetchFile(uri);
            case "s3" -> fetchObject(uri);
            default ->
                throw new OperatorActionNeeded(
                        FailureName.CONFIGURATION_WRONG,
                        uri + ": must be a file:/// or an s3:// address; pass one of these");
        };
    }

    private static byte[] fetchFile(URI uri) {
        try {
            return Files.readAllBytes(Path.of(uri));
        } catch (IOException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    uri + ": cannot be read (" + e.getMessage() + "); make the file readable here",
                    e);
        }
    }

    private byte[] fetchObject(URI uri) {
        ObjectKey key = new ObjectKey(uri.getPath().substring(1));
        Optional<StoredObject> object = ObjectStores.open(new StoreSettings.Bucket(uri.getHost(), "", null), session)
                .get(key);
        return object.orElseThrow(() -> new OperatorActionNeeded(
                        FailureName.CONFIGURATION_WRONG, uri + ": is not there; put the file back"))
                .content();
    }
}
