package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the target is asked for, one request each; whoever asks sees to the size of requests and to the pauses between
 * them. Every change may be asked for twice.
 *
 * <p>Every method throws {@link io.kraftlift.core.failures.OperatorActionNeeded} TOPOLOGY_CONFLICT when the target rejects
 * what it is asked for and ACCESS_DENIED when it does not allow it, and {@link io.kraftlift.core.failures.TryAgain}
 * BROKER_UNREACHABLE when it does not answer; some of a request may be done then.
 */
interface TargetAdmin {
    /** Makes topics, and answers with those that were there already. */
    Set<TopicName> createTopics(List<CreateTopic> topics) throws InterruptedException;

    /** Gives topics more partitions; one that has as many or more stays as it is. */
    void growTopics(List<GrowTopic> topics) throws InterruptedException;

    /** The number of partitions of the topics that show. */
    Map<TopicName, Integer> partitions(Collection<TopicName> topics) throws InterruptedException;

    /** Changes topics' own settings, and answers with those that are not there. */
    Set<TopicName> alterTopics(List<AlterTopic> changes) throws InterruptedException;

    /** The settings that topics have of their own; every topic must be there. */
    Map<TopicName, Map<String, String>> ownSettings(Collection<TopicName> topics) throws InterruptedException;

    void createAcls(List<AclRule> rules) throws InterruptedException;

    /** Deletes these rules and no others; one that is not there is as good as deleted. */
    void deleteAcls(List<AclRule> rules) throws InterruptedException;

    /** Sets limits; those that are not named stay. */
    void setQuotas(List<QuotaRule> quotas) throws InterruptedException;
}
