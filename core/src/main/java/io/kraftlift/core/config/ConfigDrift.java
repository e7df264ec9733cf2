package io.kraftlift.core.config;

/** What happens when a topic is already on the target with another configuration. */
public enum ConfigDrift {
    OVERWRITE_WITH_SOURCE,
    KEEP_TARGET,
    FAIL
}
