package io.kraftlift.core.accessmap;

import io.kraftlift.core.inventory.AclRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Maps the rules of one principal. Mutable; confined to the making of one map. */
final class PrincipalMapping {
    private static final String ALLOW = "Allow";
    private static final String DENY = "Deny";
    private static final String EVERY_HOST = "*";
    private static final String EVERY_NAME = "*";
    private static final String EVERYBODY = "User:*";

    /** Kafka's name of the one cluster in rules (Resource.CLUSTER_NAME). */
    private static final String THE_CLUSTER = "kafka-cluster";

    private static final Map<String, String> KINDS =
            Map.of("TOPIC", "topic", "GROUP", "group", "TRANSACTIONAL_ID", "transactional-id");

    private final String principal;
    private final IamResources resources;
    private final Map<String, Set<String>> allowed = new TreeMap<>();
    private final Map<String, Set<String>> denied = new TreeMap<>();
    private final List<UnmappedRule> unmapped = new ArrayList<>();

    PrincipalMapping(String principal, IamResources resources) {
        this.principal = principal;
        this.resources = resources;
    }

    void add(AclRule rule) {
        Optional<String> obstacle = obstacle(rule);
        if (obstacle.isPresent()) {
            unmapped.add(new UnmappedRule(rule, obstacle.get()));
        } else if (rule.permission().equals("ALLOW")) {
            allow(rule);
        } else {
            deny(rule);
        }
    }

    PrincipalAccess access() {
        if (!allowed.isEmpty()) {
            put(allowed, resources.cluster(), IamEqual.CONNECT);
        }
        List<IamStatement> statements = new ArrayList<>(statements(ALLOW, allowed));
        statements.addAll(statements(DENY, denied));
        return new PrincipalAccess(
                principal,
                principal.equals(EVERYBODY)
                        ? "every role that connects to the target"
                        : "the role that takes the place of " + principal,
                IamPolicy.holding(statements),
                unmapped);
    }

    private static Optional<String> obstacle(AclRule rule) {
        if (!rule.understood()) {
            return Optional.of("this program does not know its kind");
        }
        if (!rule.host().equals(EVERY_HOST)) {
            return Optional.of(
                    "MSK's policies do not know hosts; limit the network instead (security groups, subnets)");
        }
        List<IamEqual> equals = IamEqual.onRule(rule.resourceType(), rule.operation());
        if (equals.isEmpty()) {
            return Optional.of("MSK's policies do not know " + rule.operation() + " on " + rule.resourceType());
        }
        if (rule.resourceType().equals("CLUSTER") && !namesTheCluster(rule)) {
            return Optional.of("it names no cluster, and Kafka never applies it");
        }
        if (rule.permission().equals("DENY") && equals.stream().noneMatch(IamEqual::deniable)) {
            return Optional.of("Kafka lets those who have the right on a topic do it all the same; a Deny would keep"
                    + " them from it");
        }
        return Optional.empty();
    }

    private static boolean namesTheCluster(AclRule rule) {
        return rule.patternType().equals("PREFIXED")
                ? THE_CLUSTER.startsWith(rule.name())
                : Set.of(THE_CLUSTER, EVERY_NAME).contains(rule.name());
    }

    private void allow(AclRule rule) {
        for (IamEqual equal : IamEqual.onRule(rule.resourceType(), rule.operation())) {
            String resource = equal.onEveryTopic() ? resources.below("topic", "*") : resource(rule);
            put(allowed, resource, equal.name());
            equal.implied().forEach(action -> put(allowed, resource, action));
        }
        if (rule.resourceType().equals("TOPIC") && Set.of("WRITE", "ALL").contains(rule.operation())) {
            // KIP-679: who may write to a topic may write idempotently, which producers do since 3.0.
            put(allowed, resources.cluster(), IamEqual.WRITE_IDEMPOTENTLY);
        }
    }

    /** A DENY takes away the operation alone, and not what an ALLOW of it would have implied. */
    private void deny(AclRule rule) {
        for (IamEqual equal : IamEqual.onRule(rule.resourceType(), rule.operation())) {
            if (equal.deniable()) {
                put(denied, resource(rule), equal.name());
            }
        }
    }

    private String resource(AclRule rule) {
        String kind = KINDS.get(rule.resourceType());
        if (kind == null) {
            return resources.cluster();
        }
        if (rule.patternType().equals("PREFIXED")) {
            return resources.below(kind, IamResources.escaped(rule.name()) + "*");
        }
        return resources.below(kind, rule.name().equals(EVERY_NAME) ? "*" : IamResources.escaped(rule.name()));
    }

    private static void put(Map<String, Set<String>> actions, String resource, String action) {
        actions.computeIfAbsent(resource, unused -> new TreeSet<>()).add(IamEqual.named(action));
    }

    /** One statement for all resources with the same actions. */
    private static List<IamStatement> statements(String effect, Map<String, Set<String>> actions) {
        Map<List<String>, List<String>> resourcesByActions = new LinkedHashMap<>();
        actions.forEach((resource, names) -> resourcesByActions
                .computeIfAbsent(List.copyOf(names), unused -> new ArrayList<>())
                .add(resource));
        List<IamStatement> statements = new ArrayList<>();
        resourcesByActions.forEach(
                (names, sharing) -> statements.add(new IamStatement(effect, effect, names, sharing)));
        return statements;
    }
}
