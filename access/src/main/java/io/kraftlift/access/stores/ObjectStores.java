package io.kraftlift.access.stores;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectStore;
import java.nio.file.Path;
import java.util.UUID;

/** Opens the store that the settings name. */
public final class ObjectStores {
    private ObjectStores() {}

    /**
     * Opens a store. One in a bucket is also a {@link io.kraftlift.core.stores.RetainingStore}; its region, credentials
     * and endpoint come from the AWS SDK's default chains.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED when a directory cannot be made, CONFIGURATION_WRONG when no region is
     *     set for a bucket
     */
    public static ObjectStore open(StoreSettings settings) {
        return open(settings, AwsSession.BY_DEFAULT_CHAINS);
    }

    /** Like the other; a bucket is opened as whom and where the session says. */
    public static ObjectStore open(StoreSettings settings, AwsSession session) {
        if (settings instanceof StoreSettings.Directory directory) {
            return new FileObjectStore(Path.of(directory.path()));
        }
        return new S3ObjectStore(
                S3Clients.of(session),
                (StoreSettings.Bucket) settings,
                () -> UUID.randomUUID().toString());
    }
}
