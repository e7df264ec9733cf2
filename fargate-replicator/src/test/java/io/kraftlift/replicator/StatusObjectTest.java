package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import io.kraftlift.testkit.time.MovedClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a lane's status says, over a clock that the test moves. */
final class StatusObjectTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final PartitionId RETURNS = PartitionId.of("returns", 4);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("status"));
    private final LaneId lane = new LaneId(2);
    private final long[] sourceEnds = {1_000, 70};
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-25T10:00:00Z"));

    @Test
    void saysPositionRateLagGapsAndWhenItWillBeDone() {
        LaneWork work = work(ReplicationMode.TAIL);
        Landing landing = landing(work);
        StatusObject status = new StatusObject(work, landing, slot -> sourceEnds[slot]);
        Goal goal = Goal.first(work);
        status.write(goal);
        clock.moveBy(Duration.ofSeconds(2));
        landing.landed(segment(1, 300, 9_000));

        status.write(goal);

        assertThat(written())
                .isEqualTo(new LaneStatus(
                        lane,
                        ReplicationMode.TAIL,
                        clock.instant(),
                        0,
                        300,
                        9_000,
                        4_500.0,
                        150.0,
                        5, // 750 left at 150 a second
                        1,
                        Map.of(
                                ORDERS, new PartitionStatus(SourceOffset.of(300), SourceOffset.of(1_000)),
                                RETURNS, new PartitionStatus(SourceOffset.of(20), SourceOffset.of(70))),
                        List.of(new Gap(RETURNS, SourceOffset.of(5), SourceOffset.of(19)))));
        assertThat(written().largestLag()).isEqualTo(700);
        assertThat(written().totalLag()).isEqualTo(750);
    }

    @Test
    void measuresTheRateOfTheLastSecondsOnly() {
        LaneWork work = work(ReplicationMode.TAIL);
        Landing landing = landing(work);
        StatusObject status = new StatusObject(work, landing, slot -> sourceEnds[slot]);
        Goal goal = Goal.first(work);
        status.write(goal);
        landing.landed(segment(1, 300, 9_000));
        for (int second = 0; second < 8; second++) {
            clock.moveBy(Duration.ofSeconds(1));
            status.write(goal);
        }

        assertThat(written().recordsPerSecond()).isZero();
        assertThat(written().etaSeconds()).as("nothing moves").isEqualTo(-1);
    }

    @Test
    void countsTheLagOfASeedUpToItsPlannedEnds() {
        LaneWork work = work(ReplicationMode.SEED);
        Landing landing = landing(work);
        landing.landed(segment(1, 300, 9_000));

        new StatusObject(work, landing, slot -> Long.MAX_VALUE).write(Goal.first(work));

        assertThat(written().partitions())
                .containsEntry(ORDERS, new PartitionStatus(SourceOffset.of(300), SourceOffset.of(400)))
                .containsEntry(RETURNS, new PartitionStatus(SourceOffset.of(20), SourceOffset.of(40)));
    }

    @Test
    void countsForCloudWatchSixTimesAMinute() {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger(MetricLines.LOGGER);
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
        try {
            LaneWork work = work(ReplicationMode.TAIL);
            Landing landing = landing(work);
            StatusObject status = new StatusObject(work, landing, slot -> sourceEnds[slot]);
            landing.landed(segment(1, 300, 9_000));
            for (int second = 0; second < 20; second++) {
                status.write(Goal.first(work));
                clock.moveBy(Duration.ofSeconds(1));
            }
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"Deployment\":\"orders\"", "\"Lane\":\"2\"")
                        .contains("\"LargestLag\":700.0", "\"TotalLag\":750.0", "\"Gaps\":1.0")
                        .contains("\"LaneReports\":1.0", "\"RecordsPerSecond\":", "\"BytesPerSecond\":"));
    }

    private LaneStatus written() {
        byte[] content = store.get(objects.status(lane)).orElseThrow().content();
        return Documents.read(content, LaneStatus.class, "status");
    }

    /** Orders up to 300; of returns, 0 to 4 were left out and 5 to 19 are gone. */
    private static DurableSegment segment(long number, long records, long bytes) {
        return new DurableSegment(
                number,
                List.of(
                        new Step.Advance(0, 300),
                        new Step.Advance(1, 5),
                        new Step.Missing(1, new Gap(RETURNS, SourceOffset.of(5), SourceOffset.of(19)))),
                Map.of(0, progress(300, records, bytes), 1, progress(20, 0, 0)));
    }

    private static PartitionProgress progress(long sourceNext, long records, long bytes) {
        return new PartitionProgress(
                SourceOffset.of(sourceNext), TargetOffset.of(records), records, bytes, DigestChain.START);
    }

    private Landing landing(LaneWork work) {
        OffsetMap[] maps = {
            new OffsetMap(ORDERS, SourceOffset.of(0), TargetOffset.of(0)),
            new OffsetMap(RETURNS, SourceOffset.of(0), TargetOffset.of(0))
        };
        PartitionProgress[] progress = {progress(0, 0, 0), progress(0, 0, 0)};
        return new Landing(work, maps, progress, new Checkpoint(Checkpoint.FORMAT, lane, 0, 0, Map.of(), List.of()));
    }

    private LaneWork work(ReplicationMode mode) {
        LanePlan plan = new LanePlan(
                lane,
                List.of(
                        new LanePartition(ORDERS, SourceOffset.of(0), SourceOffset.of(400), 0),
                        new LanePartition(RETURNS, SourceOffset.of(0), SourceOffset.of(40), 0)));
        return new LaneWork(
                plan,
                mode,
                new UUID(7, 8),
                LaneHarness.config("127.0.0.1:1", "127.0.0.1:2", new SeedSettings(4, ByteSize.mebibytes(1), 1, null)),
                store,
                objects,
                new Surroundings(
                        Map.of(MetricName.DEPLOYMENT_VARIABLE, "orders"), clock, duration -> {}, new SecureRandom()),
                LaneHarness.quick());
    }
}
