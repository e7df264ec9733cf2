package io.kraftlift.core.plan;

import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.migration.Phase;
import java.util.List;

/** Estimates how long each phase takes that does not wait for a person. */
final class TimeEstimator {
    /**
     * What a lane copies in a second, as bytes on disk. docs/performance.md: 18 MB/s on two cores that eight other
     * builds used as well; the same program alone on them did four times that.
     */
    static final long SLOW = 15_000_000;

    static final long FAST = 60_000_000;

    /** From the request of a Fargate task until its first fetch. */
    private static final long START_LOW = 20;

    private static final long START_HIGH = 120;

    /** Creating topics: a controller makes some hundred partitions a second; a paced, throttled one some ten. */
    private static final long PARTITIONS_PER_SECOND_LOW = 20;

    private static final long PARTITIONS_PER_SECOND_HIGH = 500;
    private static final long SECONDS_PER_HOUR = 3_600;

    private final MigrationConfig config;
    private final PlanTotals totals;
    private final List<PlannedLane> lanes;

    TimeEstimator(MigrationConfig config, PlanTotals totals, List<PlannedLane> lanes) {
        this.config = config;
        this.totals = totals;
        this.lanes = lanes;
    }

    /** The phases in order. */
    List<PhaseEstimate> estimates() {
        PhaseEstimate seed = seed();
        return List.of(precheck(), topology(), seed, tail(seed), cutover(), validation());
    }

    private PhaseEstimate precheck() {
        return new PhaseEstimate(
                Phase.PRECHECK,
                2 + totals.partitions() / 2_000,
                30 + totals.partitions() / 100,
                "reading both clusters and probing both stores; every check has a bounded time");
    }

    private PhaseEstimate topology() {
        return new PhaseEstimate(
                Phase.TOPOLOGY_COPY,
                1 + totals.partitionsToCreate() / PARTITIONS_PER_SECOND_HIGH,
                10 + totals.partitionsToCreate() / PARTITIONS_PER_SECOND_LOW,
                totals.partitionsToCreate() + " partitions at " + PARTITIONS_PER_SECOND_HIGH + " to "
                        + PARTITIONS_PER_SECOND_LOW + " a second");
    }

    private PhaseEstimate seed() {
        return new PhaseEstimate(
                Phase.SEED,
                START_LOW + copying(FAST),
                START_HIGH + copying(SLOW),
                "the largest of " + lanes.size() + " lanes has " + largestLane() + " bytes, at 60 to 15 MB/s a lane"
                        + limited() + unknownSizes());
    }

    private PhaseEstimate tail(PhaseEstimate seed) {
        long window = config.cutover().drainStableWindow().toSeconds();
        Long written = totals.bytesLastHour();
        if (written == null) {
            return new PhaseEstimate(
                    Phase.TAIL,
                    START_LOW + window,
                    START_HIGH + window + seed.highSeconds() / 2,
                    "the stable window; how much is written meanwhile is not known");
        }
        return new PhaseEstimate(
                Phase.TAIL,
                START_LOW + window + catchUp(written, seed.lowSeconds(), capacity(FAST)),
                START_HIGH + window + catchUp(written, seed.highSeconds(), capacity(SLOW)),
                "what is written during the seed, " + written / SECONDS_PER_HOUR
                        + " B/s by the last hour, and the stable window of " + window + " s");
    }

    /** Seconds until a backlog is copied while as much goes on being written. */
    private long catchUp(long writtenLastHour, long seconds, long capacity) {
        long perSecond = writtenLastHour / SECONDS_PER_HOUR;
        if (perSecond >= capacity) {
            return config.cutover().drainTimeout().toSeconds();
        }
        return perSecond * seconds / (capacity - perSecond);
    }

    private PhaseEstimate cutover() {
        long freeze = config.cutover().maxProducerFreeze().toSeconds();
        return new PhaseEstimate(
                Phase.CUTOVER,
                Math.min(2, freeze),
                freeze,
                "producers stand still at most max_producer_freeze; the rehearsal before it predicts the freeze");
    }

    private PhaseEstimate validation() {
        if (config.validation().mode() == ValidationMode.SAMPLE) {
            return new PhaseEstimate(
                    Phase.VALIDATING, 10, 60 + totals.partitions(), "some records of every partition are compared");
        }
        return new PhaseEstimate(
                Phase.VALIDATING,
                START_LOW + 10 + copying(FAST),
                START_HIGH + 60 + copying(SLOW),
                "the target is read once from start to end, at the pace of the seed");
    }

    private long copying(long perLane) {
        long byLane = largestLane() / perLane;
        ByteSize limit = config.seed().maxBytesPerSecond();
        return limit == null ? byLane : Math.max(byLane, totals.estimatedSeedBytes() / Math.max(1, limit.bytes()));
    }

    private long capacity(long perLane) {
        long all = perLane * Math.max(1, lanes.size());
        ByteSize limit = config.seed().maxBytesPerSecond();
        return limit == null ? all : Math.min(all, limit.bytes());
    }

    private long largestLane() {
        return lanes.stream().mapToLong(PlannedLane::bytes).max().orElse(0);
    }

    private String limited() {
        ByteSize limit = config.seed().maxBytesPerSecond();
        return limit == null ? "" : ", all lanes together at most " + limit.bytes() + " B/s";
    }

    private String unknownSizes() {
        return totals.partitionsOfUnknownSize() == 0
                ? ""
                : "; " + totals.partitionsOfUnknownSize() + " partitions of unknown size are not in it";
    }
}
