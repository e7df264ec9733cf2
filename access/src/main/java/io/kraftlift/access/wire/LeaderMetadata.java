package io.kraftlift.access.wire;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.Metadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.ClusterResourceListeners;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.utils.internals.LogContext;

/**
 * The cluster's metadata, of the topics that we want and of no others.
 *
 * <p>Mutable, confined to one thread.
 */
final class LeaderMetadata extends Metadata {
    private static final long BACKOFF_MILLIS = 100;
    private static final long BACKOFF_MAX_MILLIS = 1_000;
    private static final long EXPIRE_MILLIS = 60_000;

    private final Set<String> topics;

    LeaderMetadata(TopicPartition[] partitions) {
        super(BACKOFF_MILLIS, BACKOFF_MAX_MILLIS, EXPIRE_MILLIS, new LogContext(), new ClusterResourceListeners());
        this.topics =
                Arrays.stream(partitions).map(TopicPartition::topic).collect(Collectors.toCollection(HashSet::new));
    }

    /** Asks for a topic no more: asking for one that does not exist makes every answer a reason to ask again. */
    void leaveOut(String topic) {
        topics.remove(topic);
    }

    void takeIn(String topic) {
        topics.add(topic);
        requestUpdate(false);
    }

    @Override
    protected MetadataRequest.Builder newMetadataRequestBuilder() {
        return MetadataRequest.Builder.forTopicNames(List.copyOf(topics), false);
    }

    @Override
    protected boolean retainTopic(String topic, boolean isInternal, long nowMs) {
        return topics.contains(topic);
    }

    @Override
    protected boolean retainTopic(String topic, Uuid topicId, boolean isInternal, long nowMs) {
        return topics.contains(topic);
    }
}
