package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Changes topics' own settings, and sees to it that the brokers have taken them over. Doing it twice does no harm. */
public final class TopicSettings {
    /** At most 11 settings each; a KRaft controller takes 10,000 changes in a request. */
    private static final int TOPICS_PER_REQUEST = 500;

    /** A KRaft broker answers from its copy of the metadata, which is usually some 10 ms behind. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    /** 15 s. */
    private static final int LOOKS = 600;

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.TARGET);
    private final Waiting waiting;

    /** For the target. */
    public TopicSettings(Admin target, Waiting waiting) {
        this.admin = target;
        this.waiting = waiting;
    }

    /**
     * Makes the changes and waits until they show.
     *
     * @return topics that are not there
     * @throws io.kraftlift.core.failures.OperatorActionNeeded TOPOLOGY_CONFLICT when a value is rejected
     * @throws TryAgain BROKER_UNREACHABLE when the changes do not show within 15 s; they may have been made
     */
    public Set<TopicName> apply(Collection<AlterTopic> changes) throws InterruptedException {
        Set<TopicName> absent = new TreeSet<>();
        List<AlterTopic> made = new ArrayList<>();
        for (List<AlterTopic> chunk : AdminCalls.chunks(changes, TOPICS_PER_REQUEST)) {
            Map<ConfigResource, KafkaFuture<Void>> answers = admin.incrementalAlterConfigs(
                            operations(chunk), new AlterConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values();
            for (AlterTopic change : chunk) {
                if (isThere(answers.get(resource(change.topic())), change)) {
                    made.add(change);
                } else {
                    absent.add(change.topic());
                }
            }
        }
        awaitShown(made);
        return absent;
    }

    private boolean isThere(@Nullable KafkaFuture<Void> answer, AlterTopic change) throws InterruptedException {
        try {
            calls.await(answer, change.toString());
            return true;
        } catch (KraftliftFailure e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private void awaitShown(List<AlterTopic> changes) throws InterruptedException {
        List<AlterTopic> open = changes;
        for (int look = 0; look < LOOKS; look++) {
            open = notShown(open);
            if (open.isEmpty()) {
                return;
            }
            waiting.sleep(BETWEEN_LOOKS);
        }
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: the settings of " + open.size() + " topics, "
                        + open.get(0).topic()
                        + " among them, do not show 15 s after they were changed; check the controllers' health");
    }

    private List<AlterTopic> notShown(List<AlterTopic> changes) throws InterruptedException {
        List<AlterTopic> open = new ArrayList<>();
        for (List<AlterTopic> chunk : AdminCalls.chunks(changes, TOPICS_PER_REQUEST)) {
            Map<ConfigResource, KafkaFuture<Config>> answers = admin.describeConfigs(
                            chunk.stream()
                                    .map(change -> resource(change.topic()))
                                    .toList(),
                            new DescribeConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values();
            for (AlterTopic change : chunk) {
                Config config = calls.await(
                        answers.get(resource(change.topic())), "describe the settings of topic " + change.topic());
                if (!shows(config, change)) {
                    open.add(change);
                }
            }
        }
        return open;
    }

    private static boolean shows(Config config, AlterTopic change) {
        Map<String, String> own = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG && entry.value() != null) {
                own.put(entry.name(), entry.value());
            }
        }
        return own.entrySet().containsAll(change.set().entrySet())
                && change.removed().stream().noneMatch(own::containsKey);
    }

    private static Map<ConfigResource, Collection<AlterConfigOp>> operations(List<AlterTopic> changes) {
        Map<ConfigResource, Collection<AlterConfigOp>> operations = new HashMap<>();
        for (AlterTopic change : changes) {
            List<AlterConfigOp> ofTopic = new ArrayList<>();
            change.set()
                    .forEach((key, value) ->
                            ofTopic.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
            change.removed()
                    .forEach(key ->
                            ofTopic.add(new AlterConfigOp(new ConfigEntry(key, ""), AlterConfigOp.OpType.DELETE)));
            operations.put(resource(change.topic()), ofTopic);
        }
        return operations;
    }

    private static ConfigResource resource(TopicName topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.value());
    }
}
