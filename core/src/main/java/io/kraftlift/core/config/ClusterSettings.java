package io.kraftlift.core.config;

/** A cluster, and how to get in. */
public record ClusterSettings(ClusterLocation location, AuthSettings auth) {}
