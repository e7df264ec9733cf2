package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** B18, W08, W09: who works with the source. */
final class WorkloadRules {
    /** Coordinators look for timed-out transactions every 10 s by default; three looks are enough to have seen one. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final List<String> STREAMS_SUFFIXES = List.of("-changelog", "-repartition");
    private static final List<String> CONNECT_SUFFIXES = List.of("configs", "offsets", "status");

    private WorkloadRules() {}

    static void check(
            ClusterInventory source, List<TopicInventory> moving, PrecheckFacts facts, List<Finding> findings) {
        hangingTransactions(facts, findings);
        groups(source, moving, findings);
        Set<String> names =
                moving.stream().map(topic -> topic.name().value()).collect(Collectors.toCollection(TreeSet::new));
        streams(source, names, findings);
        connect(source, names, findings);
        transactional(facts, findings);
    }

    private static void hangingTransactions(PrecheckFacts facts, List<Finding> findings) {
        facts.openTransactions()
                .fold(
                        known -> {
                            known.stream()
                                    .filter(open ->
                                            open.age().compareTo(open.timeout().plus(GRACE)) > 0)
                                    .forEach(open -> findings.add(hanging(open)));
                            return true;
                        },
                        why -> findings.add(Finding.unchecked(PrecheckCode.B18, "source", why)));
    }

    private static Finding hanging(OpenTransaction open) {
        String id = open.transactionalId();
        return Finding.of(
                PrecheckCode.B18,
                open.partition().toString(),
                "producer " + open.producerId() + (id == null ? "" : " (" + id + ")") + " has a transaction open for "
                        + open.age().toSeconds() + " s, its timeout is "
                        + open.timeout().toSeconds() + " s; nothing after it can be read or copied",
                "Abort it: kafka-transactions.sh --bootstrap-server <source> abort --topic "
                        + open.partition().topic() + " --partition "
                        + open.partition().index() + " --start-offset <from kafka-transactions.sh find-hanging>.");
    }

    private static void groups(ClusterInventory source, List<TopicInventory> moving, List<Finding> findings) {
        Set<TopicName> topics = moving.stream().map(TopicInventory::name).collect(Collectors.toSet());
        List<GroupInventory> all = source.groups().fold(known -> known, why -> {
            findings.add(Finding.unchecked(PrecheckCode.W08, "groups of the source", why));
            return List.of();
        });
        List<String> without = new ArrayList<>();
        for (GroupInventory group : all) {
            if (TopicSelector.isCanary(group.id()) || isConnect(group)) {
                continue;
            }
            if (group.type().equals("Share")) {
                findings.add(Finding.of(
                        PrecheckCode.W08,
                        group.id(),
                        "is a share group; positions of share groups do not move",
                        "Decide where its members begin on the target, and set share.auto.offset.reset there."));
            } else {
                group.committed()
                        .fold(
                                offsets -> offsets.keySet().stream()
                                                .map(PartitionId::topic)
                                                .noneMatch(topics::contains)
                                        && without.add(group.id()),
                                why -> findings.add(Finding.unchecked(PrecheckCode.W08, group.id(), why)));
            }
        }
        if (!without.isEmpty()) {
            findings.add(Finding.of(
                    PrecheckCode.W08,
                    Names.of(without),
                    without.size() + " groups have committed nothing on a topic that moves",
                    "Decide where their members begin on the target (auto.offset.reset), or let them commit first."));
        }
    }

    private static void streams(ClusterInventory source, Set<String> names, List<Finding> findings) {
        Map<String, List<String>> byApplication = new TreeMap<>();
        for (String name : names) {
            if (STREAMS_SUFFIXES.stream().anyMatch(name::endsWith)) {
                byApplication
                        .computeIfAbsent(applicationOf(name, source), application -> new ArrayList<>())
                        .add(name);
            }
        }
        byApplication.forEach((application, topics) -> findings.add(Finding.of(
                PrecheckCode.W09,
                "Kafka Streams application " + application,
                "changelog and repartition topics " + Names.of(topics) + "; " + groupOf(application, source),
                "Stop every instance before the freeze, start all of them on the target after the client switch with"
                        + " empty local state, so that stores are restored from the copied changelogs. Its input topics,"
                        + " these topics and its group must switch together.")));
    }

    private static String groupOf(String application, ClusterInventory source) {
        return source.groups().or(List.of()).stream()
                .filter(group -> group.id().equals(application))
                .findFirst()
                .map(group -> "its group is " + group.state())
                .orElse("no group of that name was seen");
    }

    /** The group whose id begins the topic's name is the application; without one, the name up to its first store. */
    private static String applicationOf(String topic, ClusterInventory source) {
        Optional<String> group = source.groups().or(List.of()).stream()
                .map(GroupInventory::id)
                .filter(id -> topic.startsWith(id + "-"))
                .max(Comparator.comparingInt(String::length));
        return group.orElseGet(() -> STREAMS_SUFFIXES.stream()
                .filter(topic::endsWith)
                .map(suffix -> topic.substring(0, topic.length() - suffix.length()))
                .findFirst()
                .orElse(topic));
    }

    private static void connect(ClusterInventory source, Set<String> names, List<Finding> findings) {
        for (String name : names) {
            if (name.endsWith(CONNECT_SUFFIXES.get(0))) {
                String prefix = name.substring(
                        0, name.length() - CONNECT_SUFFIXES.get(0).length());
                List<String> topics =
                        CONNECT_SUFFIXES.stream().map(suffix -> prefix + suffix).toList();
                if (names.containsAll(topics)) {
                    findings.add(connectWorkers("its topics " + Names.of(topics), prefix + "*"));
                }
            }
        }
        source.groups().or(List.of()).stream()
                .filter(WorkloadRules::isConnect)
                .forEach(group ->
                        findings.add(connectWorkers("a group of Connect workers, " + group.state(), group.id())));
    }

    private static Finding connectWorkers(String seen, String subject) {
        return Finding.of(
                PrecheckCode.W09,
                "Kafka Connect " + subject,
                seen,
                "Stop all workers of the Connect cluster before the freeze, and start them on the target after the"
                        + " client switch: configs, offsets and status topics must switch together with the data.");
    }

    private static boolean isConnect(GroupInventory group) {
        return group.protocol().equals("connect");
    }

    private static void transactional(PrecheckFacts facts, List<Finding> findings) {
        facts.transactionalIds()
                .fold(
                        ids -> ids.isEmpty()
                                || findings.add(Finding.of(
                                        PrecheckCode.W09,
                                        "transactional producers " + Names.of(ids),
                                        ids.size()
                                                + " transactional ids; committed records are copied, transactions are not",
                                        "Let every open transaction end before the freeze. An application that reads, processes"
                                                + " and writes in transactions must switch its input, its output and its group"
                                                + " together; on the target it begins with new transactions.")),
                        why -> findings.add(Finding.unchecked(PrecheckCode.W09, "transactional producers", why)));
    }
}
