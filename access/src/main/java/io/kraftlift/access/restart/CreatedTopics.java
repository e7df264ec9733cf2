package io.kraftlift.access.restart;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics of the target: which are there, by name and id, and deleting them by id. */
final class CreatedTopics {
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** A broker shows what the controller has done within a second; brokers differ, so it is asked several times. */
    private static final int LOOKS_IN_A_ROW = 3;

    private static final int MOST_LOOKS = 100;

    private final MigrationRun run;
    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.TARGET);

    CreatedTopics(MigrationRun run) {
        this.run = run;
        this.admin = calls.connect(run::target);
    }

    /**
     * A topic of the target.
     *
     * @param id which tells it from another of the same name
     */
    record There(TopicName name, TopicId id, int partitions) {
        List<PartitionId> all() {
            return IntStream.range(0, partitions)
                    .mapToObj(index -> new PartitionId(name, index))
                    .toList();
        }
    }

    String clusterId() throws InterruptedException {
        return calls.await(admin.describeCluster().clusterId(), "tell its id");
    }

    /** Those of the names that are there, ascending. */
    Map<TopicName, There> there(Collection<TopicName> names) throws InterruptedException {
        Map<TopicName, There> there = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names.stream().map(TopicName::value).toList())
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                TopicDescription topic = calls.await(answer.getValue(), "describe topic " + answer.getKey());
                TopicName name = new TopicName(answer.getKey());
                there.put(
                        name,
                        new There(
                                name,
                                Objects.requireNonNull(SelectedTopics.idOf(topic), "a KRaft cluster gives ids"),
                                topic.partitions().size()));
            } catch (KraftliftFailure e) {
                if (!isUnknown(e)) {
                    throw e;
                }
            }
        }
        return there;
    }

    /** Deletes topics, and returns when the target does not show them any more. One that is not there is as good as deleted. */
    void delete(Collection<There> topics) throws InterruptedException {
        List<Uuid> ids = topics.stream()
                .map(topic -> Uuid.fromString(topic.id().value()))
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        List<KafkaFuture<Void>> answers = new ArrayList<>(admin.deleteTopics(TopicCollection.ofTopicIds(ids))
                .topicIdValues()
                .values());
        for (KafkaFuture<Void> answer : answers) {
            try {
                calls.await(answer, "delete topics");
            } catch (KraftliftFailure e) {
                if (!isUnknown(e)) {
                    throw e;
                }
            }
        }
        awaitGone(topics);
    }

    private void awaitGone(Collection<There> topics) throws InterruptedException {
        List<TopicName> names = topics.stream().map(There::name).toList();
        int gone = 0;
        for (int look = 0; look < MOST_LOOKS && gone < LOOKS_IN_A_ROW; look++) {
            run.surroundings().sleeper().sleep(PAUSE);
            gone = there(names).values().stream().anyMatch(topics::contains) ? 0 : gone + 1;
        }
        if (gone < LOOKS_IN_A_ROW) {
            throw new TryAgain(
                    FailureName.BROKER_UNREACHABLE,
                    "target: still shows topics that were deleted "
                            + PAUSE.multipliedBy(MOST_LOOKS).toSeconds() + " seconds ago; look at its brokers");
        }
    }

    private static boolean isUnknown(KraftliftFailure failure) {
        return failure.getCause() instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicIdException;
    }
}
