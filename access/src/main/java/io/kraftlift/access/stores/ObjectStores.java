package io.kraftlift.access.stores;

import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectStore;
import java.nio.file.Path;

/** Opens the store that the settings name. */
public final class ObjectStores {
    private ObjectStores() {}

    /**
     * Opens a store.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG for a kind of store that this version does not have
     */
    public static ObjectStore open(StoreSettings settings) {
        if (settings instanceof StoreSettings.Directory directory) {
            return new FileObjectStore(Path.of(directory.path()));
        }
        throw new OperatorActionNeeded(
                FailureName.CONFIGURATION_WRONG,
                "s3_bucket: this version keeps objects in directories only; set directory instead");
    }
}
