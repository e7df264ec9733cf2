package io.kraftlift.core.plan.artifacts;

import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PhaseEstimate;
import io.kraftlift.core.plan.PlanTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * One of the ways to KRaft, for this cluster.
 *
 * @param way what does it
 * @param time until the clients are on KRaft
 * @param freeze how long producers stand still
 * @param wayBack what can be undone, and until when
 * @param offsets where consumers go on
 * @param proof what shows that nothing is lost
 * @param money what AWS charges
 */
public record Alternative(
        String way, String time, String freeze, String wayBack, String offsets, String proof, String money) {
    /** In-place conversion, MSK Replicator, Kraftlift. */
    public static List<Alternative> of(Dossier dossier, CostEstimate cost) {
        return List.of(inPlace(dossier.plan()), replicator(dossier), kraftlift(dossier, cost));
    }

    private static Alternative inPlace(MigrationPlan plan) {
        String possible = plan.inPlace()
                .fold(
                        eligible -> "possible, to " + eligible.version(),
                        notEligible -> "not possible here",
                        unknown -> "not known whether possible here");
        return new Alternative(
                "MSK in place",
                possible + "; hours, while MSK restarts " + plan.source().brokers() + " brokers in turn",
                "none; clients see each broker's restart",
                "none: it cannot be reversed",
                "unchanged",
                "none",
                "nothing extra; same brokers, version line, network and authentication afterwards");
    }

    private static Alternative replicator(Dossier dossier) {
        PlanTotals totals = dossier.plan().totals();
        boolean possible = dossier.sourceArn().isPresent()
                && dossier.targetArn().isPresent()
                && Dossier.isIam(dossier.config().source())
                && Dossier.isIam(dossier.config().target());
        return new Alternative(
                "MSK Replicator",
                (possible ? "" : "not with this configuration (needs two MSK clusters with IAM); ")
                        + duration(replicatorSeconds(totals))
                        + " or more by AWS's sizing of 0.3 MB/s for a partition, at most 1,000 MB/s; then it replicates"
                        + " continuously",
                "as long as it takes to move the clients; none is enforced",
                "the source stays as it is",
                "approximate, not exact (AWS's own words): records are read twice",
                "none",
                replicatorMoney(dossier));
    }

    /** The MSK developer guide's table of throughput and least number of partitions: 167 for 50 MB/s, 3,333 for 1,000. */
    private static long replicatorSeconds(PlanTotals totals) {
        double megabytesPerSecond = Math.min(1_000, Math.max(1, totals.partitions() * 0.3));
        return (long) Math.ceil(totals.estimatedSeedBytes() / 1e6 / megabytesPerSecond);
    }

    /** One replicator, for as long and for as much as Kraftlift would copy. */
    private static String replicatorMoney(Dossier dossier) {
        Extent extent = Extent.of(dossier.plan());
        BigDecimal hour = dossier.prices().price(PricedThing.REPLICATOR_HOUR).usd();
        BigDecimal gigabyte = dossier.prices().price(PricedThing.REPLICATOR_GB).usd();
        return "USD " + usd(hour, extent.hoursLow(), gigabyte, extent.copiedLow()) + " to "
                + usd(hour, extent.hoursHigh(), gigabyte, extent.copiedHigh()) + " for one replicator, at USD " + hour
                + " an hour and " + gigabyte + " a GB, and data between zones";
    }

    private static BigDecimal usd(BigDecimal hour, double hours, BigDecimal gigabyte, double gigabytes) {
        return hour.multiply(BigDecimal.valueOf(hours))
                .add(gigabyte.multiply(BigDecimal.valueOf(gigabytes)))
                .setScale(2, RoundingMode.HALF_UP);
    }

    private static Alternative kraftlift(Dossier dossier, CostEstimate cost) {
        List<PhaseEstimate> estimates = dossier.plan().estimates();
        long low = estimates.stream().mapToLong(PhaseEstimate::lowSeconds).sum();
        long high = estimates.stream().mapToLong(PhaseEstimate::highSeconds).sum();
        return new Alternative(
                "Kraftlift",
                duration(low) + " to " + duration(high) + ", and the time until somebody approves",
                "seconds, at most "
                        + duration(
                                dossier.config().cutover().maxProducerFreeze().toSeconds()),
                "until the clients' switch: all of it; after it: back to the source, which is never changed",
                "exact: the next record is the one that the group would have read next",
                "signed evidence with a digest over every record",
                "USD " + cost.lowUsd() + " to " + cost.highUsd() + " (cost-estimate.json)");
    }

    /** {@code 2h05m}; the two largest units. */
    static String duration(long seconds) {
        Duration duration = Duration.ofSeconds(seconds);
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return duration.toMinutes() + "m" + twoDigits(duration.toSecondsPart()) + "s";
        }
        if (seconds < 86_400) {
            return duration.toHours() + "h" + twoDigits(duration.toMinutesPart()) + "m";
        }
        return duration.toDays() + "d" + twoDigits(duration.toHoursPart()) + "h";
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
