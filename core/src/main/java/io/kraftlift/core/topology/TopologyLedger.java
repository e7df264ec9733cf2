package io.kraftlift.core.topology;

import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the migration brings into being on the target and holds there, {@code results/topology.json}. It is written
 * before the first change, so that a successor knows its own topics again, and grows with every later run.
 *
 * @param format 2; in 1 {@code aclsOnlyOnSource} is missing
 * @param topics ascending by name
 * @param aclsOnlyOnSource rules that the target has not and, by {@code acl.on_drift: report}, does not get
 * @param aclsOnlyOnTarget rules that the source has not and that stay
 * @param remarks what is not as on the source, a sentence each, besides the topics' own remarks
 */
public record TopologyLedger(
        int format,
        List<TopicDesign> topics,
        List<AclRule> aclsCreated,
        List<AclRule> aclsDeleted,
        @Nullable List<AclRule> aclsOnlyOnSource,
        List<AclRule> aclsOnlyOnTarget,
        List<QuotaRule> quotasSet,
        List<String> remarks) {
    public static final int FORMAT = 2;

    public TopologyLedger {
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException("topology ledger: format must be 1 or 2, was " + format);
        }
        topics = List.copyOf(topics);
        aclsCreated = List.copyOf(aclsCreated);
        aclsDeleted = List.copyOf(aclsDeleted);
        aclsOnlyOnSource = aclsOnlyOnSource == null ? List.of() : List.copyOf(aclsOnlyOnSource);
        aclsOnlyOnTarget = List.copyOf(aclsOnlyOnTarget);
        quotasSet = List.copyOf(quotasSet);
        remarks = List.copyOf(remarks);
    }

    /** Empty in a document of format 1, too. */
    @Override
    public List<AclRule> aclsOnlyOnSource() {
        return aclsOnlyOnSource == null ? List.of() : aclsOnlyOnSource;
    }

    /** What was done before the first run. */
    public static TopologyLedger empty() {
        return new TopologyLedger(FORMAT, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The topics that the migration made itself. */
    public Set<TopicName> created() {
        Set<TopicName> created = new TreeSet<>();
        topics.stream()
                .filter(topic -> topic.origin() == TopicOrigin.CREATED)
                .forEach(topic -> created.add(topic.name()));
        return created;
    }

    /** The topics that the migration writes to. */
    public Set<TopicName> names() {
        Set<TopicName> names = new TreeSet<>();
        topics.forEach(topic -> names.add(topic.name()));
        return names;
    }

    /** The holds of a kind, by topic in order. */
    public List<Hold> holds(HoldKind kind) {
        return topics.stream()
                .flatMap(topic -> topic.holds().stream())
                .filter(hold -> hold.kind() == kind)
                .toList();
    }
}
