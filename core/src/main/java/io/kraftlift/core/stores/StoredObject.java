package io.kraftlift.core.stores;

/**
 * An object's whole content with the version it was read at.
 *
 * @param content the bytes; the caller owns the array
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the store to its one reader, never compared
public record StoredObject(byte[] content, ObjectVersion version) {}
