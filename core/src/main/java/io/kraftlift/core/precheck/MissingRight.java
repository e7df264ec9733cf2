package io.kraftlift.core.precheck;

/**
 * A right that the migration's principal has not.
 *
 * @param name the topic or group, or the pattern of topics; empty for the cluster
 */
public record MissingRight(NeededRight right, String name) {}
