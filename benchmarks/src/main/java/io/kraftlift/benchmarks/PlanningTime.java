package io.kraftlift.benchmarks;

import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.plan.Artifacts;
import io.kraftlift.access.plan.PriceLists;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.topics.TopicName;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code plan}: how long the real planner takes for 20,000 partitions of 5,000 topics that were read already, and how
 * long the six artifacts take to be written from the plan. The first round is that of a program that just started, as
 * every {@code kraftlift plan} is. Beside the time of the clock stands that of the processor, which other programs on the
 * same machine do not lengthen.
 */
final class PlanningTime {
    private static final int TOPICS = 5_000;
    private static final int PARTITIONS_PER_TOPIC = 4;
    private static final int ROUNDS = 5;
    private static final long SEED = 42;

    private final PrintStream out;

    PlanningTime(PrintStream out) {
        this.out = out;
    }

    void run() {
        PlanInput input = PlanInput.of(source(), BalanceSimulation.target());
        ReadConfig config = BalanceSimulation.settings();
        out.printf("%d partitions of %d topics%n%n", TOPICS * PARTITIONS_PER_TOPIC, TOPICS);
        out.println("| round | planned in ms | CPU ms | artifacts in ms | CPU ms | bytes of artifacts |");
        out.println("|--:|--:|--:|--:|--:|--:|");
        for (int round = 1; round <= ROUNDS; round++) {
            Moment begun = Moment.now();
            MigrationPlan plan = new MigrationPlanner(new MigrationId("large"), config.config(), config.fingerprint())
                    .plan(input)
                    .plan();
            Moment planned = Moment.now();
            Artifacts artifacts = Artifacts.of(plan, config, input, PriceLists.ours());
            Moment written = Moment.now();
            long bytes = 0;
            for (byte[] file : artifacts.files().values()) {
                bytes += file.length;
            }
            out.printf(
                    Locale.ROOT,
                    "| %d | %.0f | %.0f | %.0f | %.0f | %d |%n",
                    round,
                    (planned.clock() - begun.clock()) / 1e6,
                    (planned.processor() - begun.processor()) / 1e6,
                    (written.clock() - planned.clock()) / 1e6,
                    (written.processor() - planned.processor()) / 1e6,
                    bytes);
        }
    }

    /** By the clock and by what this thread had of a processor, in nanoseconds. */
    private record Moment(long clock, long processor) {
        static Moment now() {
            return new Moment(
                    System.nanoTime(), ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        }
    }

    private static ClusterInventory source() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<TopicInventory> topics = new ArrayList<>();
        for (int topic = 0; topic < TOPICS; topic++) {
            List<PartitionInventory> partitions = new ArrayList<>();
            for (int index = 0; index < PARTITIONS_PER_TOPIC; index++) {
                long bytes = random.nextLong(1_000_000_000);
                long records = bytes / 1_000;
                partitions.add(new PartitionInventory(index, 1, 1, 1, new OffsetSpan(0, records, records), bytes));
            }
            topics.add(new TopicInventory(
                    new TopicName(String.format(Locale.ROOT, "topic-%04d", topic)),
                    false,
                    partitions,
                    Map.of("retention.ms", "86400000", "cleanup.policy", "compact"),
                    BalanceSimulation.TOPIC_DEFAULTS));
        }
        return BalanceSimulation.cluster(topics, new ModeSignals(Reading.known(0), Reading.known(false)), 0);
    }
}
