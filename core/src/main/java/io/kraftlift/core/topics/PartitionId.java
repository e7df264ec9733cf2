package io.kraftlift.core.topics;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;

/**
 * A partition of a topic, the same on source and target. Written {@code topic/index} in documents.
 *
 * @param index 0 or above
 */
public record PartitionId(TopicName topic, int index) implements Comparable<PartitionId> {
    private static final Comparator<PartitionId> ORDER =
            Comparator.comparing(PartitionId::topic).thenComparingInt(PartitionId::index);

    public PartitionId {
        if (index < 0) {
            throw new IllegalArgumentException("partition of " + topic + ": must be 0 or above, was " + index);
        }
    }

    public static PartitionId of(String topic, int index) {
        return new PartitionId(new TopicName(topic), index);
    }

    /** Reads {@code topic/index}. */
    @JsonCreator
    public static PartitionId parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("partition: must be topic/index, was \"" + text + "\"");
        }
        try {
            return of(text.substring(0, slash), Integer.parseInt(text, slash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("partition: must be topic/index, was \"" + text + "\"", e);
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return topic + "/" + index;
    }
}
