package io.kraftlift.core.stores;

/** An opaque mark of an object's content at one time (S3: the ETag). Two reads of the same content give equal marks. */
public record ObjectVersion(String mark) {}
