package io.kraftlift.access.precheck;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes a small object and reads it back. It stays: stores have no delete, and the next probe replaces it. */
final class StoreProbe {
    private static final byte[] CONTENT = "{\"written_by\":\"kraftlift precheck\"}".getBytes(StandardCharsets.US_ASCII);

    private StoreProbe() {}

    /** Where the store is, when the probe came back whole. */
    static Reading<String> probe(Supplier<ObjectStore> opening, ObjectKey key) {
        try {
            ObjectStore store = opening.get();
            store.put(key, ByteBuffer.wrap(CONTENT));
            Optional<StoredObject> read = store.get(key);
            return read.filter(object -> Arrays.equals(object.content(), CONTENT))
                            .isPresent()
                    ? Reading.known(store.root().toString())
                    : Reading.unreadable(store.root() + key.value() + " was written and does not read back the same");
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
