package io.kraftlift.local.workload;

import java.util.List;

/**
 * What the demo's source holds after it was filled.
 *
 * @param topics every topic, by name
 * @param groups every consumer group, by id
 */
public record DemoContents(List<Topic> topics, List<Group> groups) {
    /** Copies the lists. */
    public DemoContents {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /** Records that a reader of committed records sees, over all topics. */
    public long records() {
        return topics.stream().mapToLong(Topic::records).sum();
    }

    /** Bytes of keys, values and headers that were sent, over all topics. */
    public long bytes() {
        return topics.stream().mapToLong(Topic::bytes).sum();
    }

    /** Partitions of all topics. */
    public int partitions() {
        return topics.stream().mapToInt(Topic::partitions).sum();
    }

    /**
     * A topic.
     *
     * @param name its name
     * @param partitions how many partitions it has
     * @param records how many records a reader of committed records sees
     * @param bytes bytes of keys, values and headers that were sent to it; some may be aborted or deleted since
     * @param about what is special about it, in a few words
     */
    public record Topic(String name, int partitions, long records, long bytes, String about) {}

    /**
     * A consumer group.
     *
     * @param id its id
     * @param topics the topics it has commits in
     * @param about where it stands, in a few words
     */
    public record Group(String id, List<String> topics, String about) {
        /** Copies the list. */
        public Group {
            topics = List.copyOf(topics);
        }
    }
}
