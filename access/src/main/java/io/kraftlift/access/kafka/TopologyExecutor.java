package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * Takes topology steps on the target, in chunks with a pause between them. Taking a step twice is harmless, so that a run
 * that failed in the middle is simply run again.
 */
public final class TopologyExecutor {
    private final TargetAdmin admin;
    private final Waiting waiting;

    public TopologyExecutor(Admin target, Waiting waiting) {
        this(new KafkaTargetAdmin(target), waiting);
    }

    TopologyExecutor(TargetAdmin admin, Waiting waiting) {
        this.admin = admin;
        this.waiting = waiting;
    }

    /**
     * Takes the steps: topics, settings, ACLs, quotas. When it returns, every created topic and partition shows
     * on the brokers.
     *
     * @throws OperatorActionNeeded TOPOLOGY_CONFLICT when the target rejects a step, ACCESS_DENIED when it does not
     *     allow one
     * @throws TryAgain BROKER_UNREACHABLE when it does not answer
     */
    public void execute(List<TopologyStep> steps) throws InterruptedException {
        Sorted sorted = new Sorted();
        steps.forEach(step -> step.accept(sorted));
        create(sorted.creations);
        grow(sorted.growths);
        alter(sorted.changes);
        // What grants comes before what takes away, so that nobody is locked out between the two.
        for (List<AclRule> chunk : AdminCalls.chunks(sorted.newAcls, RequestSizes.ACLS)) {
            admin.createAcls(chunk);
            waiting.sleep(RequestSizes.PAUSE);
        }
        for (List<AclRule> chunk : AdminCalls.chunks(sorted.oldAcls, RequestSizes.ACLS)) {
            admin.deleteAcls(chunk);
            waiting.sleep(RequestSizes.PAUSE);
        }
        for (List<QuotaRule> chunk : AdminCalls.chunks(sorted.quotas, RequestSizes.QUOTAS)) {
            admin.setQuotas(chunk);
            waiting.sleep(RequestSizes.PAUSE);
        }
    }

    private void create(List<CreateTopic> steps) throws InterruptedException {
        for (List<CreateTopic> chunk : RequestSizes.creations(steps)) {
            Set<TopicName> existing = admin.createTopics(chunk);
            awaitShown(chunk);
            // Made by an earlier try whose answer got lost, or by somebody else since the plan.
            alter(chunk.stream()
                    .filter(step -> existing.contains(step.topic()))
                    .map(step -> new AlterTopic(step.topic(), step.configs(), List.of()))
                    .toList());
            waiting.sleep(RequestSizes.PAUSE);
        }
    }

    private void alter(List<AlterTopic> changes) throws InterruptedException {
        for (List<AlterTopic> chunk : RequestSizes.changes(changes)) {
            new TopicSettings(admin, waiting).apply(chunk).forEach(TopologyExecutor::reject);
            waiting.sleep(RequestSizes.PAUSE);
        }
    }

    private void grow(List<GrowTopic> steps) throws InterruptedException {
        for (List<GrowTopic> chunk : RequestSizes.growths(steps)) {
            admin.growTopics(chunk);
            List<GrowTopic> open = new Showing(waiting).await(chunk, this::notGrown);
            if (!open.isEmpty()) {
                throw notShown(open.get(0).topic(), open.size(), "they were given partitions");
            }
            waiting.sleep(RequestSizes.PAUSE);
        }
    }

    private void awaitShown(List<CreateTopic> steps) throws InterruptedException {
        List<CreateTopic> open = new Showing(waiting).await(steps, this::notCreated);
        if (!open.isEmpty()) {
            throw notShown(open.get(0).topic(), open.size(), "they were created");
        }
    }

    private List<CreateTopic> notCreated(List<CreateTopic> steps) throws InterruptedException {
        Map<TopicName, Integer> shown =
                admin.partitions(steps.stream().map(CreateTopic::topic).toList());
        List<CreateTopic> open = new ArrayList<>();
        for (CreateTopic step : steps) {
            int partitions = shown.getOrDefault(step.topic(), 0);
            if (partitions == 0) {
                open.add(step);
            } else if (partitions != step.partitions()) {
                throw otherPartitions(step.topic(), partitions, step.partitions());
            }
        }
        return open;
    }

    private List<GrowTopic> notGrown(List<GrowTopic> steps) throws InterruptedException {
        Map<TopicName, Integer> shown =
                admin.partitions(steps.stream().map(GrowTopic::topic).toList());
        List<GrowTopic> open = new ArrayList<>();
        for (GrowTopic step : steps) {
            int partitions = shown.getOrDefault(step.topic(), 0);
            if (partitions > step.partitions()) {
                throw otherPartitions(step.topic(), partitions, step.partitions());
            }
            if (partitions < step.partitions()) {
                open.add(step);
            }
        }
        return open;
    }

    private static OperatorActionNeeded otherPartitions(TopicName topic, int partitions, int wanted) {
        return new OperatorActionNeeded(
                FailureName.TOPOLOGY_CONFLICT,
                "topic " + topic + " has appeared on the target with " + partitions + " partitions, must have " + wanted
                        + "; delete it there, then redrive");
    }

    private static TryAgain notShown(TopicName first, int topics, String done) {
        return new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: topic " + first + " and " + (topics - 1) + " more do not show 30 s after " + done
                        + "; check the brokers' health");
    }

    private static void reject(TopicName gone) {
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: topic " + gone + " was there and is gone; the next try makes it again");
    }

    /** The steps by kind, each kind in its order; confined to one call of {@link TopologyExecutor#execute}. */
    private static final class Sorted implements TopologyStep.Cases {
        private final List<CreateTopic> creations = new ArrayList<>();
        private final List<GrowTopic> growths = new ArrayList<>();
        private final List<AlterTopic> changes = new ArrayList<>();
        private final List<AclRule> newAcls = new ArrayList<>();
        private final List<AclRule> oldAcls = new ArrayList<>();
        private final List<QuotaRule> quotas = new ArrayList<>();

        @Override
        public void createTopic(CreateTopic step) {
            creations.add(step);
        }

        @Override
        public void growTopic(GrowTopic step) {
            growths.add(step);
        }

        @Override
        public void alterTopic(AlterTopic step) {
            changes.add(step);
        }

        @Override
        public void createAcl(TopologyStep.CreateAcl step) {
            newAcls.add(step.rule());
        }

        @Override
        public void deleteAcl(TopologyStep.DeleteAcl step) {
            oldAcls.add(step.rule());
        }

        @Override
        public void setQuota(TopologyStep.SetQuota step) {
            quotas.add(step.quota());
        }
    }
}
