package io.kraftlift.access.precheck;

import io.kraftlift.access.stores.BucketProtection;
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

/**
 * Writes a small object and reads it back, with the key that it was encrypted with. It stays: stores have no delete, and
 * the next probe replaces it.
 *
 * @param root where the store is, when the probe came back whole
 * @param key the KMS key that the object is encrypted with; empty text when with none, or when the store is no bucket
 * @param lock whether the bucket has Object Lock; empty when the store is no bucket
 */
record StoreProbe(Reading<String> root, Reading<String> key, Optional<Reading<Boolean>> lock) {
    private static final byte[] CONTENT = "{\"written_by\":\"kraftlift precheck\"}".getBytes(StandardCharsets.US_ASCII);

    /** A probe that did not take place. */
    static StoreProbe none(String why) {
        return new StoreProbe(Reading.unreadable(why), Reading.unreadable(why), Optional.of(Reading.unreadable(why)));
    }

    static StoreProbe of(Supplier<ObjectStore> opening, ObjectKey key) {
        ObjectStore store;
        Reading<String> root;
        try {
            store = opening.get();
            root = written(store, key);
        } catch (KraftliftFailure e) {
            return none(String.valueOf(e.getMessage()));
        }
        return store instanceof BucketProtection bucket
                ? new StoreProbe(
                        root,
                        root.fold(known -> reading(() -> bucket.keyOf(key)), Reading::unreadable),
                        Optional.of(reading(bucket::hasObjectLock)))
                : new StoreProbe(root, Reading.known(""), Optional.empty());
    }

    private static Reading<String> written(ObjectStore store, ObjectKey key) {
        store.put(key, ByteBuffer.wrap(CONTENT));
        Optional<StoredObject> read = store.get(key);
        return read.filter(object -> Arrays.equals(object.content(), CONTENT)).isPresent()
                ? Reading.known(store.root().toString())
                : Reading.unreadable(store.root() + key.value() + " was written and does not read back the same");
    }

    private static <T> Reading<T> reading(Supplier<T> question) {
        try {
            return Reading.known(question.get());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
