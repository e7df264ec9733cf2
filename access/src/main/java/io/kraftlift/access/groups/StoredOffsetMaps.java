package io.kraftlift.access.groups;

import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.OffsetMapFormat;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.topics.PartitionId;
import java.util.Optional;

/** The offset maps that the workers keep in the backup store. */
public final class StoredOffsetMaps implements OffsetMaps {
    private final ObjectStore store;
    private final MigrationObjects objects;

    public StoredOffsetMaps(ObjectStore store, MigrationObjects objects) {
        this.store = store;
        this.objects = objects;
    }

    @Override
    public Optional<OffsetMap> find(PartitionId partition) {
        ObjectKey key = objects.offsetMap(partition);
        return store.get(key).map(object -> OffsetMapFormat.read(object.content(), key.value()));
    }
}
