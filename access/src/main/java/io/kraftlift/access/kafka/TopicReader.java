package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.inventory.TopicSetting;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads topics with their settings, offsets and sizes. */
final class TopicReader {
    /** A description of 200 topics is some hundred KiB, a request that no broker notices. */
    private static final int TOPICS_PER_REQUEST = 200;

    private static final int PARTITIONS_PER_REQUEST = 2_000;

    /** Leaves brokers and controller most of the time to their clients. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    private final Admin admin;
    private final AdminCalls calls;
    private final Waiting waiting;

    TopicReader(Admin admin, AdminCalls calls, Waiting waiting) {
        this.admin = admin;
        this.calls = calls;
        this.waiting = waiting;
    }

    /** Every topic; one that is deleted meanwhile is left out. */
    List<TopicInventory> read(List<Integer> brokers) throws InterruptedException {
        List<String> names = calls
                .await(
                        admin.listTopics(new ListTopicsOptions()
                                        .listInternal(true)
                                        .timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                .names(),
                        "list its topics")
                .stream()
                .sorted()
                .toList();
        Map<TopicPartition, Long> sizes = sizes(brokers);
        List<TopicInventory> topics = new ArrayList<>();
        for (List<String> chunk : AdminCalls.chunks(names, TOPICS_PER_REQUEST)) {
            Map<String, TopicDescription> descriptions = describe(chunk);
            Map<String, Config> configs = configs(descriptions.keySet());
            Map<TopicPartition, OffsetSpan> offsets = offsets(led(descriptions.values()));
            for (TopicDescription description : descriptions.values()) {
                Config config = configs.get(description.name());
                if (config != null) {
                    topics.add(topic(description, config, offsets, sizes));
                }
            }
            pause();
        }
        return topics;
    }

    private Map<String, TopicDescription> describe(List<String> names) throws InterruptedException {
        return present(
                admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .topicNameValues(),
                Function.identity(),
                "describe topic");
    }

    private Map<String, Config> configs(Collection<String> names) throws InterruptedException {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return present(
                admin.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .values(),
                ConfigResource::name,
                "describe the settings of topic");
    }

    /** The answers about topics that are still there, ascending by name. */
    private <K, T> Map<String, T> present(Map<K, KafkaFuture<T>> answers, Function<K, String> name, String asked)
            throws InterruptedException {
        Map<String, T> present = new TreeMap<>();
        for (Map.Entry<K, KafkaFuture<T>> answer : answers.entrySet()) {
            String topic = name.apply(answer.getKey());
            try {
                present.put(topic, calls.await(answer.getValue(), asked + " " + topic));
            } catch (KraftliftFailure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return present;
    }

    private static List<TopicPartition> led(Collection<TopicDescription> descriptions) {
        return descriptions.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(partition -> leader(partition) != null)
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Map<TopicPartition, OffsetSpan> offsets(List<TopicPartition> partitions) throws InterruptedException {
        Map<TopicPartition, OffsetSpan> spans = new HashMap<>();
        for (List<TopicPartition> chunk : AdminCalls.chunks(partitions, PARTITIONS_PER_REQUEST)) {
            ListOffsetsResult stable = ask(chunk, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
            ListOffsetsResult starts = ask(chunk, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
            ListOffsetsResult ends = ask(chunk, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
            for (TopicPartition partition : chunk) {
                try {
                    spans.put(
                            partition,
                            new OffsetSpan(
                                    offset(starts, partition), offset(ends, partition), offset(stable, partition)));
                } catch (KraftliftFailure e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        throw e;
                    }
                }
            }
        }
        return spans;
    }

    private ListOffsetsResult ask(List<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation) {
        return admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                new ListOffsetsOptions(isolation).timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
    }

    private long offset(ListOffsetsResult result, TopicPartition partition) throws InterruptedException {
        return calls.await(result.partitionResult(partition), "list the offsets of " + partition)
                .offset();
    }

    /** Bytes of the largest replica of each partition; empty for partitions of brokers that do not tell. */
    private Map<TopicPartition, Long> sizes(List<Integer> brokers) throws InterruptedException {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        for (KafkaFuture<Map<String, LogDirDescription>> answer : admin.describeLogDirs(
                        brokers, new DescribeLogDirsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .descriptions()
                .values()) {
            try {
                answer.get(2L * AdminCalls.CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .values()
                        .forEach(directory -> directory
                                .replicaInfos()
                                .forEach((partition, replica) -> sizes.merge(partition, replica.size(), Math::max)));
            } catch (ExecutionException | TimeoutException e) {
                // The sizes of this broker's replicas stay unknown, which the plan counts and says.
                LOG.atInfo().addKeyValue("error", e.toString()).log("a broker did not tell the sizes of its logs");
            }
        }
        return sizes;
    }

    private static TopicInventory topic(
            TopicDescription description,
            Config config,
            Map<TopicPartition, OffsetSpan> offsets,
            Map<TopicPartition, Long> sizes) {
        List<PartitionInventory> partitions = new ArrayList<>();
        for (TopicPartitionInfo info : description.partitions()) {
            TopicPartition partition = new TopicPartition(description.name(), info.partition());
            Node leader = leader(info);
            partitions.add(new PartitionInventory(
                    info.partition(),
                    leader == null ? null : leader.id(),
                    info.replicas().size(),
                    info.isr().size(),
                    offsets.get(partition),
                    sizes.get(partition)));
        }
        Map<String, String> own = new TreeMap<>();
        Map<String, String> effective = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            String value = entry.value();
            if (value == null) {
                continue;
            }
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                own.put(entry.name(), value);
            }
            if (TopicSetting.KEPT.contains(entry.name())) {
                effective.put(entry.name(), value);
            }
        }
        return new TopicInventory(
                new TopicName(description.name()), description.isInternal(), partitions, own, effective);
    }

    private static @Nullable Node leader(TopicPartitionInfo partition) {
        Node leader = partition.leader();
        return leader == null || leader.isEmpty() ? null : leader;
    }

    private void pause() throws InterruptedException {
        waiting.sleep(BETWEEN_REQUESTS);
    }
}
