package io.kraftlift.core.stores;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A flat store of named, whole objects. A write is there entirely or not at all, and is durable when the call returns.
 * Implementations are safe for use by several threads.
 *
 * <p>Every method throws {@link io.kraftlift.core.failures.TryAgain} (STORE_UNREACHABLE) when the store does not
 * answer, and {@link io.kraftlift.core.failures.OperatorActionNeeded} (ACCESS_DENIED) when it refuses. After either, a
 * write may or may not have happened. There is no delete: nothing of a migration is removed by the migration.
 */
public interface ObjectStore {
    /** Where the keys are relative to: {@code s3://bucket/prefix/} or {@code file:///directory/}; ends with a slash. */
    URI root();

    /**
     * Writes the buffer's remaining bytes unless the key exists. Of several concurrent calls for one key exactly one wins.
     * The buffer's position and limit stay as they were.
     *
     * @return whether this call wrote the object
     */
    boolean putIfAbsent(ObjectKey key, ByteBuffer content);

    /** Writes the buffer's remaining bytes, replacing what is there. The buffer's position and limit stay as they were. */
    void put(ObjectKey key, ByteBuffer content);

    /**
     * Writes the buffer's remaining bytes if the object is still at {@code expected}.
     *
     * @return the new version, or empty when somebody else changed or removed the object first
     */
    Optional<ObjectVersion> replace(ObjectKey key, ObjectVersion expected, ByteBuffer content);

    Optional<StoredObject> get(ObjectKey key);

    /**
     * Reads a part of an object.
     *
     * @param offset first byte, at least 0
     * @param length at least 1; fewer bytes come back where the object ends sooner, none beyond its end
     */
    Optional<byte[]> getRange(ObjectKey key, long offset, int length);

    /** Every object whose key starts with {@code prefix} followed by a slash, ascending by key. */
    List<ObjectSummary> list(ObjectKey prefix);
}
