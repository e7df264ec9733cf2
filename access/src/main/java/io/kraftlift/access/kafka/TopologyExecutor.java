package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.admin.CreateAclsOptions;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DeleteAclsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.jspecify.annotations.Nullable;

/**
 * Takes topology steps on the target, in chunks with a pause between them. Taking a step twice is harmless, so that a run
 * that failed in the middle is simply run again.
 */
public final class TopologyExecutor {
    /** A KRaft controller refuses to create more than 10,000 partitions in a request; a tenth of it is quick. */
    private static final int PARTITIONS_PER_REQUEST = 1_000;

    private static final int ACLS_PER_REQUEST = 500;
    private static final int QUOTAS_PER_REQUEST = 200;

    /** Lets the brokers make the logs of one chunk before the next one comes. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(50);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /** 30 s. */
    private static final int LOOKS = 600;

    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.TARGET);
    private final Waiting waiting;

    public TopologyExecutor(Admin target, Waiting waiting) {
        this.admin = target;
        this.waiting = waiting;
    }

    /**
     * Takes the steps: topics, settings, ACLs, quotas. When it returns, every created topic shows on the brokers.
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
        new TopicSettings(admin, waiting).apply(sorted.changes).forEach(TopologyExecutor::reject);
        createAcls(sorted.newAcls);
        deleteAcls(sorted.oldAcls);
        setQuotas(sorted.quotas);
    }

    private void create(List<CreateTopic> steps) throws InterruptedException {
        for (List<CreateTopic> chunk : byPartitions(steps)) {
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                            chunk.stream().map(TopologyExecutor::newTopic).toList(),
                            new CreateTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values();
            List<AlterTopic> existing = new ArrayList<>();
            for (CreateTopic step : chunk) {
                if (!created(answers.get(step.topic().value()), step)) {
                    existing.add(new AlterTopic(step.topic(), step.configs(), List.of()));
                }
            }
            awaitShown(chunk);
            new TopicSettings(admin, waiting).apply(existing).forEach(TopologyExecutor::reject);
            waiting.sleep(BETWEEN_REQUESTS);
        }
    }

    /** False when it exists already, as after an answer that got lost. */
    private boolean created(@Nullable KafkaFuture<Void> answer, CreateTopic step) throws InterruptedException {
        try {
            calls.await(answer, step.toString());
            return true;
        } catch (KraftliftFailure e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private void awaitShown(List<CreateTopic> steps) throws InterruptedException {
        List<CreateTopic> open = steps;
        for (int look = 0; look < LOOKS; look++) {
            open = notShown(open);
            if (open.isEmpty()) {
                return;
            }
            waiting.sleep(BETWEEN_LOOKS);
        }
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: topic " + open.get(0).topic() + " and " + (open.size() - 1)
                        + " more do not show 30 s after they were created; check the brokers' health");
    }

    private List<CreateTopic> notShown(List<CreateTopic> steps) throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        steps.stream().map(step -> step.topic().value()).toList(),
                        new DescribeTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .topicNameValues();
        List<CreateTopic> open = new ArrayList<>();
        for (CreateTopic step : steps) {
            try {
                int partitions = calls.await(answers.get(step.topic().value()), "describe topic " + step.topic())
                        .partitions()
                        .size();
                if (partitions != step.partitions()) {
                    throw new OperatorActionNeeded(
                            FailureName.TOPOLOGY_CONFLICT,
                            "topic " + step.topic() + " has appeared on the target with " + partitions
                                    + " partitions, must have " + step.partitions()
                                    + "; delete it there, then redrive");
                }
            } catch (KraftliftFailure e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                open.add(step);
            }
        }
        return open;
    }

    private void grow(List<GrowTopic> steps) throws InterruptedException {
        for (GrowTopic step : steps) {
            try {
                calls.await(
                        admin.createPartitions(
                                        Map.of(step.topic().value(), NewPartitions.increaseTo(step.partitions())),
                                        new CreatePartitionsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                .all(),
                        step.toString());
            } catch (KraftliftFailure e) {
                // It has them already, as after an answer that got lost; what it has is looked at below.
                if (!(e.getCause() instanceof InvalidPartitionsException)) {
                    throw e;
                }
            }
            awaitGrown(step);
            waiting.sleep(BETWEEN_REQUESTS);
        }
    }

    private void awaitGrown(GrowTopic step) throws InterruptedException {
        int partitions = 0;
        for (int look = 0; look < LOOKS; look++) {
            partitions = calls.await(
                            admin.describeTopics(
                                            List.of(step.topic().value()),
                                            new DescribeTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                    .topicNameValues()
                                    .get(step.topic().value()),
                            "describe topic " + step.topic())
                    .partitions()
                    .size();
            if (partitions == step.partitions()) {
                return;
            }
            waiting.sleep(BETWEEN_LOOKS);
        }
        throw new TryAgain(
                FailureName.BROKER_UNREACHABLE,
                "target: topic " + step.topic() + " shows " + partitions + " partitions 30 s after it was grown to "
                        + step.partitions() + "; check the brokers' health");
    }

    private void createAcls(List<AclBinding> acls) throws InterruptedException {
        for (List<AclBinding> chunk : AdminCalls.chunks(acls, ACLS_PER_REQUEST)) {
            Map<AclBinding, KafkaFuture<Void>> answers = admin.createAcls(
                            chunk, new CreateAclsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values();
            for (Map.Entry<AclBinding, KafkaFuture<Void>> answer : answers.entrySet()) {
                calls.await(answer.getValue(), "create ACL: " + AclBindings.rule(answer.getKey()));
            }
            waiting.sleep(BETWEEN_REQUESTS);
        }
    }

    private void deleteAcls(List<AclBinding> acls) throws InterruptedException {
        for (List<AclBinding> chunk : AdminCalls.chunks(acls, ACLS_PER_REQUEST)) {
            Collection<AclBindingFilter> exactly =
                    chunk.stream().map(AclBinding::toFilter).toList();
            calls.await(
                    admin.deleteAcls(exactly, new DeleteAclsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                            .all(),
                    "delete " + chunk.size() + " ACLs");
            waiting.sleep(BETWEEN_REQUESTS);
        }
    }

    private void setQuotas(List<QuotaRule> quotas) throws InterruptedException {
        for (List<QuotaRule> chunk : AdminCalls.chunks(quotas, QUOTAS_PER_REQUEST)) {
            List<ClientQuotaAlteration> alterations =
                    chunk.stream().map(TopologyExecutor::alteration).toList();
            calls.await(
                    admin.alterClientQuotas(
                                    alterations,
                                    new AlterClientQuotasOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                            .all(),
                    "set " + chunk.size() + " client quotas");
            waiting.sleep(BETWEEN_REQUESTS);
        }
    }

    private static ClientQuotaAlteration alteration(QuotaRule quota) {
        return new ClientQuotaAlteration(
                QuotaEntities.entity(quota.entity()),
                quota.limits().entrySet().stream()
                        .map(limit -> new ClientQuotaAlteration.Op(limit.getKey(), limit.getValue()))
                        .toList());
    }

    private static NewTopic newTopic(CreateTopic step) {
        return new NewTopic(step.topic().value(), step.partitions(), (short) step.replicationFactor())
                .configs(step.configs());
    }

    private static List<List<CreateTopic>> byPartitions(List<CreateTopic> steps) {
        List<List<CreateTopic>> chunks = new ArrayList<>();
        int partitions = PARTITIONS_PER_REQUEST;
        for (CreateTopic step : steps) {
            if (partitions + step.partitions() > PARTITIONS_PER_REQUEST) {
                chunks.add(new ArrayList<>());
                partitions = 0;
            }
            chunks.get(chunks.size() - 1).add(step);
            partitions += step.partitions();
        }
        return chunks;
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
        private final List<AclBinding> newAcls = new ArrayList<>();
        private final List<AclBinding> oldAcls = new ArrayList<>();
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
            newAcls.add(AclBindings.binding(step.rule()));
        }

        @Override
        public void deleteAcl(TopologyStep.DeleteAcl step) {
            oldAcls.add(AclBindings.binding(step.rule()));
        }

        @Override
        public void setQuota(TopologyStep.SetQuota step) {
            quotas.add(step.quota());
        }
    }
}
