package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.time.MovedClock;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stable window is 20 s and the bound is 5, see {@link Runs#cutover}. */
final class DrainWatchTest {
    private static final LaneId LANE = new LaneId(0);
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);

    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-04T05:06:07Z"));
    private final MigrationRun run;

    DrainWatchTest(@TempDir Path directory) {
        run = Runs.open(
                directory,
                "localhost:1",
                "localhost:2",
                Runs.cutover(URI.create("http://localhost:1/"), Duration.ofSeconds(60)),
                new Surroundings(Map.of(), clock, duration -> {}, new SecureRandom()));
    }

    @BeforeEach
    void plan() {
        LanePartition planned = new LanePartition(ORDERS, SourceOffset.of(0), SourceOffset.of(9), 0);
        run.write(run.objects().plan("lanes.json"), new LanePlans(List.of(new LanePlan(LANE, List.of(planned)))));
        run.journal().append(Phase.SEED, "seed", Map.of());
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void isReadyAfterAStableWindowAndTellsTheStory() throws InterruptedException {
        for (int look = 0; look < 4; look++) {
            assertThat(lookWithLag(3).ready()).isFalse();
            clock.moveBy(Duration.ofSeconds(5));
        }

        DrainWatch.Outcome outcome = lookWithLag(4);

        assertThat(outcome.ready()).isTrue();
        assertThat(outcome.report()).isNotNull();
        assertThat(run.journal().entries())
                .extracting(JournalEntry::to)
                .containsExactly(Phase.SEED, Phase.TAIL, Phase.DRAIN_READY);
        assertThat(run.journal().entries().get(2).facts())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("max_partition_lag", "4", "replayed_records", "120", "replayed_bytes", "3400"));
        DrainReadyReport report = run.read(run.objects().result("drain-ready"), DrainReadyReport.class);
        assertThat(report.lagging()).isEqualTo(Map.of(ORDERS, 4L));
        assertThat(report.caughtUpSince()).isEqualTo(clock.instant().minusSeconds(20));
    }

    @Test
    void isNotReadyWhileAPartitionLagsBeyondTheBound() throws InterruptedException {
        lookWithLag(3);
        clock.moveBy(Duration.ofSeconds(15));
        lookWithLag(6);
        clock.moveBy(Duration.ofSeconds(15));

        assertThat(lookWithLag(3).ready()).isFalse();
    }

    @Test
    void isNotReadyOnAStatusThatIsOld() throws InterruptedException {
        lookWithLag(0);
        clock.moveBy(Duration.ofSeconds(25));

        assertThat(new DrainWatch(run).look().ready()).isFalse();
    }

    private DrainWatch.Outcome lookWithLag(long lag) throws InterruptedException {
        PartitionStatus partition = new PartitionStatus(SourceOffset.of(50), SourceOffset.of(50 + lag));
        run.write(
                run.objects().status(LANE),
                new LaneStatus(
                        LANE,
                        ReplicationMode.TAIL,
                        clock.instant(),
                        1,
                        120,
                        3_400,
                        1.5,
                        2.5,
                        0,
                        7,
                        Map.of(ORDERS, partition),
                        List.of()));
        return new DrainWatch(run).look();
    }
}
