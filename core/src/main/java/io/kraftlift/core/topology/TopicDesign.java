package io.kraftlift.core.topology;

import io.kraftlift.core.topics.TopicName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a topic is to be on the target.
 *
 * @param replicationFactor as on the source, but at most the number of brokers of the target
 * @param configs the topic's own settings after the migration
 * @param removed settings that the topic has of its own on the target and loses
 * @param holds what is different while copying, ascending by key
 * @param remarks what is not as on the source, a sentence each
 */
public record TopicDesign(
        TopicName name,
        TopicOrigin origin,
        int partitions,
        int replicationFactor,
        Map<String, String> configs,
        List<String> removed,
        List<Hold> holds,
        List<String> remarks) {
    public TopicDesign {
        configs = Collections.unmodifiableMap(new TreeMap<>(configs));
        removed = List.copyOf(removed);
        holds = List.copyOf(holds);
        remarks = List.copyOf(remarks);
    }

    /** The same with another number of partitions. */
    public TopicDesign with(int otherPartitions) {
        return new TopicDesign(name, origin, otherPartitions, replicationFactor, configs, removed, holds, remarks);
    }

    /** The topic's own settings while the migration copies: the final ones with the holds on top. */
    public Map<String, String> settingsWhileCopying() {
        Map<String, String> settings = new TreeMap<>(configs);
        holds.forEach(hold -> settings.put(hold.key(), hold.held()));
        return settings;
    }
}
