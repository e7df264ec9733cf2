package io.kraftlift.core.stores;

/**
 * What a listing tells of an object.
 *
 * @param bytes the content's length
 */
public record ObjectSummary(ObjectKey key, long bytes) {}
