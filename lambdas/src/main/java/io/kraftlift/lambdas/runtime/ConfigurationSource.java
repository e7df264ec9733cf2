package io.kraftlift.lambdas.runtime;

import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.core.stores.ObjectReference;

/** Fetches and reads the configuration file that a run refers to. */
@FunctionalInterface
public interface ConfigurationSource {
    ReadConfig read(ObjectReference config);
}
