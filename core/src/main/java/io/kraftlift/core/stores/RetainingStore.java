package io.kraftlift.core.stores;

import java.nio.ByteBuffer;
import java.time.Instant;

/** An object store that can also keep an object from being removed or changed until a time, whoever asks. */
public interface RetainingStore extends ObjectStore {
    /**
     * Writes the buffer's remaining bytes unless the key exists, and lets nobody remove or change what was written before
     * {@code until}. The buffer's position and limit stay as they were.
     *
     * @param until a time to come; it cannot be brought forward afterwards
     * @return whether this call wrote the object
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG when the store was not made for this
     */
    boolean putRetained(ObjectKey key, ByteBuffer content, Instant until);
}
