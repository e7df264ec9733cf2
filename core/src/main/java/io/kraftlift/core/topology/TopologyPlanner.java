package io.kraftlift.core.topology;

import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two clusters and says what the target lacks. Reads nothing, changes nothing; the same input, the same steps. */
public final class TopologyPlanner {
    private final ClusterInventory source;
    private final ClusterInventory target;
    private final DriftPolicies policies;
    private final TopicDesigner designer;
    private final Map<TopicName, TopicInventory> sourceTopics;
    private final Map<TopicName, TopicInventory> targetTopics;

    /**
     * For two clusters.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED when the target did not tell which topic settings it knows
     */
    public TopologyPlanner(ClusterInventory source, ClusterInventory target, DriftPolicies policies) {
        this.source = source;
        this.target = target;
        this.policies = policies;
        this.sourceTopics = source.topicsByName();
        this.targetTopics = target.topicsByName();
        Map<String, String> defaults = target.topicDefaults().fold(known -> known, why -> {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED, "target: its topic settings could not be read: " + why);
        });
        this.designer = new TopicDesigner(defaults, target.release(), target.brokers());
    }

    /** How each of the topics is to be on the target, ascending by name, whether or not something stands in the way. */
    public List<TopicDesign> designs(Collection<TopicName> topics) {
        return new TreeSet<>(topics).stream().map(this::design).toList();
    }

    /**
     * What has to be done on the target.
     *
     * @param earlier the ledger of earlier runs of the same migration
     * @throws OperatorActionNeeded TOPOLOGY_CONFLICT that lists every topic that stands in the way; ACCESS_DENIED when
     *     ACLs or quotas could not be read
     */
    public TopologyPlan plan(Collection<TopicName> topics, TopologyLedger earlier) {
        List<TopologyStep> creations = new ArrayList<>();
        List<TopologyStep> growths = new ArrayList<>();
        List<TopologyStep> changes = new ArrayList<>();
        Map<TopicName, TopicDesign> designs = new TreeMap<>();
        earlier.topics().forEach(design -> designs.put(design.name(), design));
        List<String> conflicts = new ArrayList<>();
        for (TopicName name : new TreeSet<>(topics)) {
            Optional<TopicInventory> there = Optional.ofNullable(targetTopics.get(name));
            TopicDesign design = designs.get(name);
            if (design == null) {
                there.ifPresent(found -> conflicts.addAll(conflictsWithFound(sourceTopic(name), found)));
                design = design(name);
            } else if (there.isEmpty() && design.origin() == TopicOrigin.FOUND) {
                design = design(name);
            } else {
                design = grown(design);
                int wanted = design.partitions();
                int found = there.map(topic -> topic.partitions().size()).orElse(wanted);
                if (found < wanted) {
                    growths.add(new TopologyStep.GrowTopic(name, wanted));
                } else if (found > wanted) {
                    conflicts.add(otherPartitions(name, found, wanted));
                }
            }
            designs.put(name, design);
            TopicDesign wanted = design;
            there.ifPresentOrElse(
                    found -> change(wanted, found).ifPresent(changes::add), () -> creations.add(creation(wanted)));
        }
        rejectConflicts(conflicts);
        AclDifference acls = AclDifference.between(source.acls(), target.acls(), policies);
        QuotaDifference quotas = QuotaDifference.between(source.quotas(), target.quotas());

        List<TopologyStep> steps = new ArrayList<>(creations);
        steps.addAll(growths);
        steps.addAll(changes);
        acls.missing().forEach(rule -> steps.add(new TopologyStep.CreateAcl(rule)));
        acls.superfluous().forEach(rule -> steps.add(new TopologyStep.DeleteAcl(rule)));
        quotas.missing().forEach(quota -> steps.add(new TopologyStep.SetQuota(quota)));
        List<String> remarks = new ArrayList<>(acls.remarks());
        remarks.addAll(quotas.remarks());
        return new TopologyPlan(
                steps,
                new TopologyLedger(
                        TopologyLedger.FORMAT,
                        List.copyOf(designs.values()),
                        united(earlier.aclsCreated(), acls.missing()),
                        united(earlier.aclsDeleted(), acls.superfluous()),
                        acls.onlyOnSource(),
                        acls.onlyOnTarget(),
                        united(earlier.quotasSet(), quotas.missing()),
                        remarks));
    }

    private TopicDesign design(TopicName name) {
        TopicInventory found = targetTopics.get(name);
        return found == null
                ? designer.create(sourceTopic(name))
                : designer.adopt(sourceTopic(name), found, policies.onConfigDrift());
    }

    private TopicInventory sourceTopic(TopicName name) {
        TopicInventory topic = sourceTopics.get(name);
        if (topic == null) {
            throw new InvariantBroken(
                    FailureName.DEFECT, "topic " + name + " is in the plan but not in the " + ClusterSide.SOURCE);
        }
        return topic;
    }

    private List<String> conflictsWithFound(TopicInventory here, TopicInventory found) {
        List<String> conflicts = new ArrayList<>();
        if (found.partitions().size() != here.partitions().size()) {
            conflicts.add("topic " + here.name() + " is on the target with "
                    + found.partitions().size() + " partitions, on the source with "
                    + here.partitions().size());
        }
        if (found.hasRecords()) {
            conflicts.add("topic " + here.name() + " is on the target and has had records");
        }
        if (policies.onConfigDrift() == ConfigDrift.FAIL) {
            designer.drift(here, found)
                    .forEach(difference -> conflicts.add("topic " + here.name() + " on the target: " + difference));
        }
        return conflicts;
    }

    /** A topic of the ledger that was given more partitions on the source since gets them on the target. */
    private TopicDesign grown(TopicDesign design) {
        TopicInventory here = sourceTopics.get(design.name());
        return here != null && here.partitions().size() > design.partitions()
                ? design.with(here.partitions().size())
                : design;
    }

    private static String otherPartitions(TopicName topic, int found, int wanted) {
        return "topic " + topic + " has " + found + " partitions on the target; the migration works with " + wanted;
    }

    private static void rejectConflicts(List<String> conflicts) {
        if (!conflicts.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.TOPOLOGY_CONFLICT,
                    String.join("; ", conflicts)
                            + ". Delete these topics on the target, exclude them (topics.exclude), or choose another"
                            + " topology.on_config_drift, then redrive");
        }
    }

    private static TopologyStep creation(TopicDesign design) {
        return new TopologyStep.CreateTopic(
                design.name(), design.partitions(), design.replicationFactor(), design.settingsWhileCopying());
    }

    private static Optional<TopologyStep> change(TopicDesign design, TopicInventory found) {
        Map<String, String> set = new TreeMap<>(design.settingsWhileCopying());
        set.entrySet().removeIf(entry -> entry.getValue().equals(found.configs().get(entry.getKey())));
        List<String> removed =
                design.removed().stream().filter(found.configs()::containsKey).toList();
        return set.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(new TopologyStep.AlterTopic(design.name(), set, removed));
    }

    private static <T> List<T> united(List<T> earlier, List<T> now) {
        Set<T> all = new LinkedHashSet<>(earlier);
        all.addAll(now);
        return List.copyOf(all);
    }
}
