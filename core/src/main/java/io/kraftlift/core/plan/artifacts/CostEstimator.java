package io.kraftlift.core.plan.artifacts;

import static io.kraftlift.core.plan.artifacts.PricedThing.CROSS_ZONE_GB;
import static io.kraftlift.core.plan.artifacts.PricedThing.FARGATE_GB_HOUR;
import static io.kraftlift.core.plan.artifacts.PricedThing.FARGATE_VCPU_HOUR;
import static io.kraftlift.core.plan.artifacts.PricedThing.INTERFACE_ENDPOINT_HOUR;
import static io.kraftlift.core.plan.artifacts.PricedThing.LAMBDA_GB_SECOND;
import static io.kraftlift.core.plan.artifacts.PricedThing.LAMBDA_REQUESTS;
import static io.kraftlift.core.plan.artifacts.PricedThing.S3_READS;
import static io.kraftlift.core.plan.artifacts.PricedThing.S3_STORAGE_GB_MONTH;
import static io.kraftlift.core.plan.artifacts.PricedThing.S3_WRITES;
import static io.kraftlift.core.plan.artifacts.PricedThing.STEP_FUNCTIONS_TRANSITIONS;

import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.plan.PhaseEstimate;
import io.kraftlift.core.plan.PlanTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Estimates what AWS charges for a migration. The same dossier, the same estimate. */
public final class CostEstimator {
    private static final double GB = 1e9;
    private static final double SECONDS_PER_HOUR = 3_600;

    /** Segments stay until the bucket's owner lets them go. */
    private static final double STORED_DAYS_LOW = 7;

    private static final double STORED_DAYS_HIGH = 30;
    private static final double DAYS_PER_MONTH = 30;

    /** A lane writes its status every second, and maps, checkpoint and segments while there is something to copy. */
    private static final double LANE_WRITES_PER_SECOND_LOW = 1;

    private static final double LANE_WRITES_PER_SECOND_HIGH = 4;

    /** A lane looks at its control object, and a resumed one reads its log. */
    private static final double LANE_READS_PER_SECOND_LOW = 1;

    private static final double LANE_READS_PER_SECOND_HIGH = 5;

    /** A worker's size: the deployment decides within these. */
    private static final double VCPUS_LOW = 1;

    private static final double VCPUS_HIGH = 2;
    private static final double MEMORY_GB_LOW = 2;
    private static final double MEMORY_GB_HIGH = 4;

    /** States outside of the polls: about 30 functions, each with its Choice and Pass, and one retry each at most. */
    private static final double CALLS_LOW = 30;

    private static final double CALLS_HIGH = 120;
    private static final double TRANSITIONS_PER_CALL = 3;

    /** A look at the lag every 10 s while the tail catches up; groups are carried over every 12 s until the switch. */
    private static final double SECONDS_PER_POLL = 10;

    private static final double SWITCH_SECONDS_LOW = 600;
    private static final double SWITCH_SECONDS_HIGH = 86_400;

    /** Gigabytes of memory times seconds of a call. */
    private static final double GB_SECONDS_LOW = 0.5;

    private static final double GB_SECONDS_HIGH = 3;

    /** ECR (two), logs, Secrets Manager, MSK and Step Functions; S3 is reached through a gateway, which is free. */
    private static final double ENDPOINTS_HIGH = 6;

    private static final double USUAL_ZONES = 3;

    private final Dossier dossier;
    private final PlanTotals totals;
    private final double lanes;
    private final List<CostItem> items = new ArrayList<>();

    private CostEstimator(Dossier dossier) {
        this.dossier = dossier;
        this.totals = dossier.plan().totals();
        this.lanes = dossier.plan().lanes().size();
    }

    public static CostEstimate estimate(Dossier dossier) {
        return new CostEstimator(dossier).estimate();
    }

    private CostEstimate estimate() {
        Extent extent = Extent.of(dossier.plan());
        double hoursLow = extent.hoursLow();
        double hoursHigh = extent.hoursHigh();
        double copiedLow = extent.copiedLow();
        double copiedHigh = extent.copiedHigh();
        stores(hoursLow, hoursHigh, copiedLow, copiedHigh);
        workers(hoursLow, hoursHigh);
        crossing(copiedLow, copiedHigh);
        functions();
        add(
                INTERFACE_ENDPOINT_HOUR,
                0,
                ENDPOINTS_HIGH * zones() * hoursHigh,
                "none where the VPC has them or reaches the services otherwise; six in " + (int) zones() + " zones");
        return new CostEstimate(
                CostEstimate.FORMAT,
                "USD",
                dossier.prices().region(),
                sum(CostItem::lowUsd),
                sum(CostItem::highUsd),
                items,
                notes());
    }

    private void stores(double hoursLow, double hoursHigh, double copiedLow, double copiedHigh) {
        double segmentGb = dossier.config().seed().segmentMaxBytes().bytes() / GB;
        add(
                S3_STORAGE_GB_MONTH,
                copiedLow * STORED_DAYS_LOW / DAYS_PER_MONTH,
                copiedHigh * STORED_DAYS_HIGH / DAYS_PER_MONTH,
                "segments hold what is copied, byte for byte, for 7 to 30 days");
        add(
                S3_WRITES,
                (copiedLow / segmentGb + lanes * LANE_WRITES_PER_SECOND_LOW * hoursLow * SECONDS_PER_HOUR) / 1_000,
                (copiedHigh / segmentGb + lanes * LANE_WRITES_PER_SECOND_HIGH * hoursHigh * SECONDS_PER_HOUR) / 1_000,
                "segments, and 1 to 4 objects a second from each of " + (int) lanes + " lanes");
        add(
                S3_READS,
                lanes * LANE_READS_PER_SECOND_LOW * hoursLow * SECONDS_PER_HOUR / 1_000,
                lanes * LANE_READS_PER_SECOND_HIGH * hoursHigh * SECONDS_PER_HOUR / 1_000,
                "1 to 5 reads a second from each lane");
    }

    private void workers(double hoursLow, double hoursHigh) {
        String basis = (int) lanes + " workers, from the seed until " + (int) Extent.WAITING_HOURS_LOW + " to "
                + (int) Extent.WAITING_HOURS_HIGH + " hours of waiting for the approval are over; ";
        add(
                FARGATE_VCPU_HOUR,
                lanes * hoursLow * VCPUS_LOW,
                lanes * hoursHigh * VCPUS_HIGH,
                basis + "1 to 2 vCPU each, ARM");
        add(
                FARGATE_GB_HOUR,
                lanes * hoursLow * MEMORY_GB_LOW,
                lanes * hoursHigh * MEMORY_GB_HIGH,
                basis + "2 to 4 GB each, ARM");
    }

    private void crossing(double copiedLow, double copiedHigh) {
        boolean full = dossier.config().validation().mode() == ValidationMode.FULL;
        double passes = full ? 3 : 2;
        double elsewhere = (zones() - 1) / zones();
        add(
                CROSS_ZONE_GB,
                2 * passes * copiedLow * elsewhere,
                2 * passes * copiedHigh,
                "source to worker, worker to target" + (full ? ", and the target's log once more" : "")
                        + "; from the share of leaders in another of " + (int) zones()
                        + " zones to all of them; each GB is charged on both sides");
    }

    private void functions() {
        double tailLow = tail(PhaseEstimate::lowSeconds);
        double tailHigh = Math.max(tail(PhaseEstimate::highSeconds), (double)
                dossier.config().cutover().drainTimeout().toSeconds());
        double callsLow = CALLS_LOW + (tailLow + SWITCH_SECONDS_LOW) / SECONDS_PER_POLL;
        double callsHigh = CALLS_HIGH + (tailHigh + SWITCH_SECONDS_HIGH) / SECONDS_PER_POLL;
        String basis = "a look at the lag every 10 s while the tail catches up, and at the groups from READY until the"
                + " switch is acknowledged, 10 minutes to a day";
        add(LAMBDA_REQUESTS, callsLow / 1_000_000, callsHigh / 1_000_000, basis);
        add(LAMBDA_GB_SECOND, callsLow * GB_SECONDS_LOW, callsHigh * GB_SECONDS_HIGH, basis);
        add(
                STEP_FUNCTIONS_TRANSITIONS,
                (callsLow * TRANSITIONS_PER_CALL + 3 * lanes) / 1_000,
                (callsHigh * TRANSITIONS_PER_CALL + 12 * lanes) / 1_000,
                basis);
    }

    private double tail(ToLongFunction<PhaseEstimate> bound) {
        return dossier.plan().estimates().stream()
                .filter(estimate -> estimate.phase() == Phase.TAIL)
                .mapToLong(bound)
                .sum();
    }

    /** By the brokers' racks; MSK's usual number where they tell none. */
    private double zones() {
        long racks = Stream.concat(
                        dossier.input().source().brokers().stream(), dossier.input().target().brokers().stream())
                .flatMap(broker -> Optional.ofNullable(broker.rack()).stream())
                .distinct()
                .count();
        return racks == 0 ? USUAL_ZONES : racks;
    }

    private void add(PricedThing thing, double low, double high, String basis) {
        Price price = dossier.prices().price(thing);
        BigDecimal lowQuantity = quantity(low);
        BigDecimal highQuantity = quantity(high);
        items.add(new CostItem(
                thing,
                thing.unit(),
                lowQuantity,
                highQuantity,
                price,
                cents(lowQuantity.multiply(price.usd())),
                cents(highQuantity.multiply(price.usd())),
                basis));
    }

    /** Six digits after the point, so that a number is written the same everywhere. */
    private static BigDecimal quantity(double value) {
        return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_UP);
    }

    private static BigDecimal cents(BigDecimal usd) {
        return usd.setScale(2, RoundingMode.HALF_UP);
    }

    private BigDecimal sum(Function<CostItem, BigDecimal> bound) {
        return items.stream().map(bound).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("Prices change, and taxes, discounts and free tiers are not in it: compare each with its source, or"
                + " give your own list (kraftlift plan --prices FILE).");
        notes.add("Both clusters are not in it: they run anyway, and side by side until the source is deleted.");
        dossier.region()
                .filter(region -> !region.equals(dossier.prices().region()))
                .ifPresent(region -> notes.add("The clusters are in " + region + ", the prices are those of "
                        + dossier.prices().region() + "; most regions cost more."));
        if (totals.partitionsOfUnknownSize() > 0) {
            notes.add(totals.partitionsOfUnknownSize() + " partitions of unknown size count as empty.");
        }
        if (totals.bytesLastHour() == null) {
            notes.add("How much is written while the migration runs is not known, and counts as nothing.");
        }
        return notes;
    }
}
