package io.kraftlift.core.topology;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.inventory.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the client quotas of two clusters differ.
 *
 * @param missing limits that the target lacks or has with another value
 */
record QuotaDifference(List<QuotaRule> missing, List<String> remarks) {
    private static final String IP = "ip";

    static QuotaDifference between(Reading<List<QuotaRule>> source, Reading<List<QuotaRule>> target) {
        List<QuotaRule> here = read(ClusterSide.SOURCE, source);
        Map<Map<String, String>, Map<String, Double>> there = new HashMap<>();
        read(ClusterSide.TARGET, target).forEach(quota -> there.put(quota.entity(), quota.limits()));
        List<QuotaRule> missing = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (QuotaRule quota : here) {
            Map<String, Double> onTarget = there.getOrDefault(quota.entity(), Map.of());
            Map<String, Double> limits = new TreeMap<>(quota.limits());
            limits.entrySet().removeIf(limit -> limit.getValue().equals(onTarget.get(limit.getKey())));
            if (!limits.isEmpty()) {
                missing.add(new QuotaRule(quota.entity(), limits));
            }
            onTarget.forEach((limit, value) -> {
                if (!quota.limits().containsKey(limit)) {
                    remarks.add("quota of " + quota.entity() + " stays on the target only: " + limit + "=" + value);
                }
            });
            there.remove(quota.entity());
        }
        if (here.stream().anyMatch(quota -> quota.entity().containsKey(IP))) {
            remarks.add("quotas of addresses are copied as they are: check that the target's brokers see clients come"
                    + " from the same addresses");
        }
        byText(there)
                .forEach(
                        (entity, limits) -> remarks.add("quota of " + entity + " stays on the target only: " + limits));
        return new QuotaDifference(missing, remarks);
    }

    private static Map<String, Map<String, Double>> byText(Map<Map<String, String>, Map<String, Double>> quotas) {
        Map<String, Map<String, Double>> byText = new TreeMap<>();
        quotas.forEach((entity, limits) -> byText.put(entity.toString(), limits));
        return byText;
    }

    private static List<QuotaRule> read(ClusterSide side, Reading<List<QuotaRule>> quotas) {
        return quotas.fold(known -> known, why -> {
            throw new OperatorActionNeeded(
                    FailureName.ACCESS_DENIED,
                    side + ": its client quotas could not be read (" + why
                            + "); allow the migration's principal DescribeConfigs on the cluster, then redrive");
        });
    }
}
