package io.kraftlift.access.kafka;

import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The source's topics that concern a migration, as they are now. */
public final class SelectedTopics {
    /** As many as the inventory asks for at once. The requests go out together. */
    private static final int TOPICS_PER_REQUEST = 200;

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);
    private final TopicSelector selector;

    public SelectedTopics(Admin source, TopicSelection selection) {
        this.admin = source;
        this.selector = new TopicSelector(selection);
    }

    /**
     * Every topic that is there and either selected or planned. A topic counts as deleted only
     * when the cluster says that it does not know it; one that may not be described is a failure.
     *
     * @param planned every partition that a lane copies
     * @throws io.kraftlift.core.failures.TryAgain BROKER_UNREACHABLE when the cluster does not answer
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED when it refuses
     */
    public Map<TopicName, SourceTopic> read(Collection<PartitionId> planned, Duration timeout)
            throws InterruptedException {
        int millis = Math.toIntExact(timeout.toMillis());
        TreeSet<String> asked = new TreeSet<>();
        planned.forEach(partition -> asked.add(partition.topic().value()));
        calls
                .await(
                        admin.listTopics(new ListTopicsOptions()
                                        .listInternal(false)
                                        .timeoutMs(millis))
                                .names(),
                        "list its topics")
                .stream()
                .filter(name -> selector.skips(new TopicName(name)).isEmpty())
                .forEach(asked::add);
        List<Map<String, KafkaFuture<TopicDescription>>> answers = new ArrayList<>();
        for (List<String> chunk : AdminCalls.chunks(asked, TOPICS_PER_REQUEST)) {
            answers.add(admin.describeTopics(chunk, new DescribeTopicsOptions().timeoutMs(millis))
                    .topicNameValues());
        }
        Map<TopicName, SourceTopic> topics = new TreeMap<>();
        for (Map<String, KafkaFuture<TopicDescription>> chunk : answers) {
            for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : chunk.entrySet()) {
                try {
                    TopicDescription topic = calls.await(answer.getValue(), "describe topic " + answer.getKey());
                    topics.put(
                            new TopicName(answer.getKey()),
                            new SourceTopic(topic.partitions().size(), idOf(topic)));
                } catch (KraftliftFailure e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
        }
        return topics;
    }

    /** The ids of every topic that is there and either selected or planned; one of a cluster that gives none is missing. */
    public Map<TopicName, TopicId> ids(Collection<PartitionId> planned, Duration timeout) throws InterruptedException {
        Map<TopicName, TopicId> ids = new TreeMap<>();
        read(planned, timeout).forEach((name, topic) -> {
            if (topic.id() != null) {
                ids.put(name, topic.id());
            }
        });
        return ids;
    }

    /** The id that a cluster gives a topic; null where it gives none. */
    public static @Nullable TopicId idOf(TopicDescription topic) {
        return topic.topicId().equals(Uuid.ZERO_UUID)
                ? null
                : new TopicId(topic.topicId().toString());
    }
}
