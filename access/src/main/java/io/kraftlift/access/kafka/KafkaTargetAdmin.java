package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterClientQuotasOptions;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateAclsOptions;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DeleteAclsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;

/** A target by Kafka's admin client. Safe for several threads, as the client is. */
final class KafkaTargetAdmin implements TargetAdmin {
    private final Admin admin;
    private final AdminCalls calls = new AdminCalls(ClusterSide.TARGET);

    KafkaTargetAdmin(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Set<TopicName> createTopics(List<CreateTopic> topics) throws InterruptedException {
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        topics.stream().map(KafkaTargetAdmin::newTopic).toList(),
                        new CreateTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        Set<TopicName> existing = new TreeSet<>();
        for (CreateTopic topic : topics) {
            if (failsWith(TopicExistsException.class, answers.get(topic.topic().value()), topic.toString())) {
                existing.add(topic.topic());
            }
        }
        return existing;
    }

    @Override
    public void growTopics(List<GrowTopic> topics) throws InterruptedException {
        Map<String, NewPartitions> wanted = new HashMap<>();
        topics.forEach(step -> wanted.put(step.topic().value(), NewPartitions.increaseTo(step.partitions())));
        Map<String, KafkaFuture<Void>> answers = admin.createPartitions(
                        wanted, new CreatePartitionsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        for (GrowTopic topic : topics) {
            // That it has as many already is this error too; who asks looks at what it has.
            failsWith(
                    InvalidPartitionsException.class, answers.get(topic.topic().value()), topic.toString());
        }
    }

    @Override
    public Map<TopicName, Integer> partitions(Collection<TopicName> topics) throws InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        topics.stream().map(TopicName::value).toList(),
                        new DescribeTopicsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .topicNameValues();
        Map<TopicName, Integer> partitions = new TreeMap<>();
        for (TopicName topic : topics) {
            KafkaFuture<TopicDescription> answer = answers.get(topic.value());
            String asked = "describe topic " + topic;
            if (!failsWith(UnknownTopicOrPartitionException.class, answer, asked)) {
                partitions.put(topic, calls.await(answer, asked).partitions().size());
            }
        }
        return partitions;
    }

    @Override
    public Set<TopicName> alterTopics(List<AlterTopic> changes) throws InterruptedException {
        Map<ConfigResource, KafkaFuture<Void>> answers = admin.incrementalAlterConfigs(
                        operations(changes), new AlterConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        Set<TopicName> absent = new TreeSet<>();
        for (AlterTopic change : changes) {
            KafkaFuture<Void> answer = answers.get(resource(change.topic()));
            if (failsWith(UnknownTopicOrPartitionException.class, answer, change.toString())) {
                absent.add(change.topic());
            }
        }
        return absent;
    }

    @Override
    public Map<TopicName, Map<String, String>> ownSettings(Collection<TopicName> topics) throws InterruptedException {
        Map<ConfigResource, KafkaFuture<Config>> answers = admin.describeConfigs(
                        topics.stream().map(KafkaTargetAdmin::resource).toList(),
                        new DescribeConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        Map<TopicName, Map<String, String>> settings = new TreeMap<>();
        for (TopicName topic : topics) {
            settings.put(
                    topic, own(calls.await(answers.get(resource(topic)), "describe the settings of topic " + topic)));
        }
        return settings;
    }

    @Override
    public void createAcls(List<AclRule> rules) throws InterruptedException {
        Map<AclBinding, KafkaFuture<Void>> answers = admin.createAcls(
                        rules.stream().map(AclBindings::binding).toList(),
                        new CreateAclsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        for (Map.Entry<AclBinding, KafkaFuture<Void>> answer : answers.entrySet()) {
            calls.await(answer.getValue(), "create ACL: " + AclBindings.rule(answer.getKey()));
        }
    }

    @Override
    public void deleteAcls(List<AclRule> rules) throws InterruptedException {
        Collection<AclBindingFilter> exactly =
                rules.stream().map(rule -> AclBindings.binding(rule).toFilter()).toList();
        calls.await(
                admin.deleteAcls(exactly, new DeleteAclsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .all(),
                "delete " + rules.size() + " ACLs");
    }

    @Override
    public void setQuotas(List<QuotaRule> quotas) throws InterruptedException {
        Map<ClientQuotaEntity, KafkaFuture<Void>> answers = admin.alterClientQuotas(
                        quotas.stream().map(KafkaTargetAdmin::alteration).toList(),
                        new AlterClientQuotasOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        for (QuotaRule quota : quotas) {
            calls.await(
                    answers.get(QuotaEntities.entity(quota.entity())),
                    "set quota of " + quota.entity() + ": " + quota.limits());
        }
    }

    /** Whether the answer is this error; any other error is thrown. */
    private boolean failsWith(Class<? extends Exception> error, @Nullable KafkaFuture<?> answer, String asked)
            throws InterruptedException {
        try {
            calls.await(answer, asked);
            return false;
        } catch (KraftliftFailure e) {
            if (error.isInstance(e.getCause())) {
                return true;
            }
            throw e;
        }
    }

    private static Map<String, String> own(Config config) {
        Map<String, String> own = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG && entry.value() != null) {
                own.put(entry.name(), entry.value());
            }
        }
        return own;
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

    private static NewTopic newTopic(CreateTopic step) {
        return new NewTopic(step.topic().value(), step.partitions(), (short) step.replicationFactor())
                .configs(step.configs());
    }

    private static ClientQuotaAlteration alteration(QuotaRule quota) {
        return new ClientQuotaAlteration(
                QuotaEntities.entity(quota.entity()),
                quota.limits().entrySet().stream()
                        .map(limit -> new ClientQuotaAlteration.Op(limit.getKey(), limit.getValue()))
                        .toList());
    }
}
