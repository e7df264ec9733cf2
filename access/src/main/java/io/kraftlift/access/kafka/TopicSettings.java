package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;

/**
 * Changes topics' own settings, and sees to it that the brokers have taken them over. Doing it twice does no harm. There is
 * no pause between requests: holds are released while producers stand still.
 */
public final class TopicSettings {
    private final TargetAdmin admin;
    private final Waiting waiting;

    /** For the target. */
    public TopicSettings(Admin target, Waiting waiting) {
        this(new KafkaTargetAdmin(target), waiting);
    }

    TopicSettings(TargetAdmin admin, Waiting waiting) {
        this.admin = admin;
        this.waiting = waiting;
    }

    /**
     * Makes the changes and waits until they show.
     *
     * @return topics that are not there
     * @throws io.kraftlift.core.failures.OperatorActionNeeded TOPOLOGY_CONFLICT when a value is rejected
     * @throws TryAgain BROKER_UNREACHABLE when the changes do not show within 30 s; they may have been made
     */
    public Set<TopicName> apply(Collection<AlterTopic> changes) throws InterruptedException {
        Set<TopicName> absent = new TreeSet<>();
        for (List<AlterTopic> chunk : RequestSizes.changes(changes)) {
            absent.addAll(admin.alterTopics(chunk));
        }
        List<AlterTopic> made = changes.stream()
                .filter(change -> !absent.contains(change.topic()))
                .toList();
        List<AlterTopic> open = new Showing(waiting).await(made, this::notShown);
        if (open.isEmpty()) {
            return absent;
        }
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: the settings of " + open.size() + " topics, "
                        + open.get(0).topic()
                        + " among them, do not show 30 s after they were changed; check the controllers' health");
    }

    private List<AlterTopic> notShown(List<AlterTopic> changes) throws InterruptedException {
        List<AlterTopic> open = new ArrayList<>();
        for (List<AlterTopic> chunk : AdminCalls.chunks(changes, RequestSizes.TOPICS_TO_LOOK_AT)) {
            Map<TopicName, Map<String, String>> own =
                    admin.ownSettings(chunk.stream().map(AlterTopic::topic).toList());
            chunk.stream()
                    .filter(change -> !shows(own.getOrDefault(change.topic(), Map.of()), change))
                    .forEach(open::add);
        }
        return open;
    }

    private static boolean shows(Map<String, String> own, AlterTopic change) {
        return own.entrySet().containsAll(change.set().entrySet())
                && change.removed().stream().noneMatch(own::containsKey);
    }
}
