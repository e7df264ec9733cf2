package io.kraftlift.core.precheck;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the brokers of an MSK instance type are.
 *
 * @param rank grows with the size; a large of any family is 2, an xlarge 4, a 2xlarge 8
 * @param recommended partitions on one broker, replicas counted, up to which MSK recommends to go
 * @param most partitions above which MSK refuses updates of the cluster, or, on Express brokers, more partitions
 */
record BrokerSize(int rank, int recommended, int most) {
    private static final Pattern TYPE =
            Pattern.compile("(kafka|express)\\.[a-z0-9-]+\\.(?:(small|large)|([0-9]*)xlarge)");

    /** "Best practices for Express brokers", Number of partitions per Express broker; by rank. */
    private static final Map<Integer, BrokerSize> EXPRESS = Map.of(
            2, new BrokerSize(2, 1_000, 1_500),
            4, new BrokerSize(4, 1_000, 2_000),
            8, new BrokerSize(8, 2_500, 4_000),
            16, new BrokerSize(16, 6_000, 8_000),
            32, new BrokerSize(32, 12_000, 16_000),
            48, new BrokerSize(48, 16_000, 24_000),
            64, new BrokerSize(64, 20_000, 32_000));

    /** The size of an instance type such as {@code kafka.m7g.2xlarge}; empty for one that this program does not know. */
    static Optional<BrokerSize> of(String instanceType) {
        Matcher parts = TYPE.matcher(instanceType);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int rank = rank(parts);
        return parts.group(1).equals("express") ? Optional.ofNullable(EXPRESS.get(rank)) : Optional.of(standard(rank));
    }

    private static int rank(Matcher parts) {
        if (parts.group(2) != null) {
            return parts.group(2).equals("small") ? 1 : 2;
        }
        String times = parts.group(3);
        return 4 * (times.isEmpty() ? 1 : Integer.parseInt(times));
    }

    /** "Best practices for Standard brokers", Number of partitions per Standard broker. */
    private static BrokerSize standard(int rank) {
        if (rank < 2) {
            return new BrokerSize(rank, 300, 300);
        }
        if (rank < 8) {
            return new BrokerSize(rank, 1_000, 1_500);
        }
        return rank < 16 ? new BrokerSize(rank, 2_000, 3_000) : new BrokerSize(rank, 4_000, 6_000);
    }
}
