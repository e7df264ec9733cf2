package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A target in memory. It refuses what a KRaft controller refuses, shows a change one look later, counts requests, and can
 * lose its user at any request. Confined to one thread.
 */
class FakeTargetAdmin implements TargetAdmin {
    /** QuorumController.MAX_RECORDS_PER_USER_OP */
    private static final int MOST_RECORDS = 10_000;

    /** How much of the request at which the user dies still happens; a controller may do any part of one. */
    enum Moment {
        NOTHING,
        HALF,
        EVERYTHING
    }

    /** The death of the user. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A request that changes something.
     *
     * @param items topics, rules or entities in it
     * @param records metadata records that it comes to
     */
    record Request(String kind, int items, int records) {}

    private record Topic(int partitions, int replicationFactor, Map<String, String> settings) {}

    private final Map<TopicName, Topic> topics = new TreeMap<>();
    private final Set<AclRule> acls = new TreeSet<>();
    private final Map<Map<String, String>, Map<String, Double>> quotas = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    /** Topics that were changed since anybody looked at them. */
    private final Set<TopicName> unseen = new HashSet<>();

    private int dieAt = Integer.MAX_VALUE;
    private Moment moment = Moment.NOTHING;

    /** Lets the user die at a request, from 0, counted from the first ever. */
    void dieAt(int request, Moment when) {
        dieAt = request;
        moment = when;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    Set<AclRule> acls() {
        return Set.copyOf(acls);
    }

    Map<Map<String, String>, Map<String, Double>> quotas() {
        return Map.copyOf(quotas);
    }

    /** Everything that the target has, as text that is equal for equal targets. */
    String state() {
        return topics + " " + acls + " "
                + quotas.entrySet().stream().map(Object::toString).sorted().toList();
    }

    /** What reading the target gives. */
    ClusterInventory inventory(Map<String, String> defaults) {
        return new ClusterInventory(
                1,
                "fake-id",
                new ModeSignals(Reading.known(30), Reading.known(true)),
                Reading.known(30),
                IntStream.range(0, 3)
                        .mapToObj(id -> new BrokerInventory(id, "host" + id, 9092, null, Reading.known(Map.of())))
                        .toList(),
                topics.entrySet().stream()
                        .map(topic -> topic(topic.getKey(), topic.getValue()))
                        .toList(),
                Reading.known(List.of()),
                new AclReading.Rules(List.copyOf(acls)),
                Reading.known(quotas.entrySet().stream()
                        .map(quota -> new QuotaRule(quota.getKey(), quota.getValue()))
                        .sorted(Comparator.comparing(QuotaRule::toString))
                        .toList()),
                Reading.known(defaults));
    }

    private static TopicInventory topic(TopicName name, Topic topic) {
        List<PartitionInventory> partitions = IntStream.range(0, topic.partitions())
                .mapToObj(index -> new PartitionInventory(
                        index, 0, topic.replicationFactor(), topic.replicationFactor(), new OffsetSpan(0, 0, 0), 0L))
                .toList();
        return new TopicInventory(name, false, partitions, topic.settings(), topic.settings());
    }

    @Override
    public Set<TopicName> createTopics(List<CreateTopic> wanted) {
        Set<TopicName> existing = new TreeSet<>();
        int records = wanted.stream()
                .mapToInt(step -> 1 + step.partitions() + step.configs().size())
                .sum();
        request("create topics", wanted, records, step -> {
            if (topics.containsKey(step.topic())) {
                existing.add(step.topic());
            } else {
                topics.put(step.topic(), new Topic(step.partitions(), step.replicationFactor(), step.configs()));
                unseen.add(step.topic());
            }
        });
        return existing;
    }

    @Override
    public void growTopics(List<GrowTopic> wanted) {
        int records = wanted.stream().mapToInt(GrowTopic::partitions).sum();
        request("grow topics", wanted, records, step -> {
            Topic topic = there(step.topic());
            if (topic.partitions() < step.partitions()) {
                topics.put(step.topic(), new Topic(step.partitions(), topic.replicationFactor(), topic.settings()));
            }
        });
    }

    @Override
    public Map<TopicName, Integer> partitions(Collection<TopicName> asked) {
        Map<TopicName, Integer> partitions = new TreeMap<>();
        for (TopicName name : asked) {
            Topic topic = topics.get(name);
            if (topic != null && !unseen.remove(name)) {
                partitions.put(name, topic.partitions());
            }
        }
        return partitions;
    }

    @Override
    public Set<TopicName> alterTopics(List<AlterTopic> changes) {
        Set<TopicName> absent = new TreeSet<>();
        int records = changes.stream()
                .mapToInt(step -> step.set().size() + step.removed().size())
                .sum();
        request("alter topics", changes, records, step -> {
            Topic topic = topics.get(step.topic());
            if (topic == null) {
                absent.add(step.topic());
                return;
            }
            Map<String, String> settings = new TreeMap<>(topic.settings());
            settings.putAll(step.set());
            step.removed().forEach(settings::remove);
            topics.put(step.topic(), new Topic(topic.partitions(), topic.replicationFactor(), settings));
            unseen.add(step.topic());
        });
        return absent;
    }

    @Override
    public Map<TopicName, Map<String, String>> ownSettings(Collection<TopicName> asked) {
        Map<TopicName, Map<String, String>> settings = new TreeMap<>();
        asked.forEach(name ->
                settings.put(name, unseen.remove(name) ? Map.of() : there(name).settings()));
        return settings;
    }

    @Override
    public void createAcls(List<AclRule> rules) {
        request("create ACLs", rules, rules.size(), acls::add);
    }

    @Override
    public void deleteAcls(List<AclRule> rules) {
        request("delete ACLs", rules, rules.size(), acls::remove);
    }

    @Override
    public void setQuotas(List<QuotaRule> wanted) {
        int records = wanted.stream().mapToInt(quota -> quota.limits().size()).sum();
        request("set quotas", wanted, records, quota -> {
            Map<String, Double> limits = new TreeMap<>(quotas.getOrDefault(quota.entity(), Map.of()));
            limits.putAll(quota.limits());
            quotas.put(quota.entity(), limits);
        });
    }

    private <T> void request(String kind, List<T> items, int records, Consumer<T> change) {
        boolean last = requests.size() == dieAt;
        requests.add(new Request(kind, items.size(), records));
        if (records > MOST_RECORDS) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT, kind + ": " + records + " records in a request");
        }
        int done = !last || moment == Moment.EVERYTHING ? items.size() : moment == Moment.HALF ? items.size() / 2 : 0;
        items.subList(0, done).forEach(change);
        if (last) {
            throw new Died();
        }
    }

    private Topic there(TopicName name) {
        @Nullable Topic topic = topics.get(name);
        if (topic == null) {
            throw new IllegalStateException("topic " + name + " must be there");
        }
        return topic;
    }
}
