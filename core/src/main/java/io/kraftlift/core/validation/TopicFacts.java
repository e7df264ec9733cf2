package io.kraftlift.core.validation;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as a cluster describes it.
 *
 * @param replicationFactor of its first partition
 * @param settings the effective settings, by name
 */
public record TopicFacts(int partitions, int replicationFactor, Map<String, Setting> settings) {
    public TopicFacts {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** An effective setting and where it comes from. */
    public record Setting(String value, Origin origin) {}

    /** Where a setting's value comes from. */
    public enum Origin {
        /** Set for the topic. */
        TOPIC,
        /** Set for the broker or the cluster. */
        BROKER,
        /** What the Kafka version has when nobody sets anything. */
        VERSION_DEFAULT
    }
}
