package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Over a target whose answers the test gives. Both partitions were copied up to target offset 10. */
final class TargetWatchTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final PartitionId RETURNS = PartitionId.of("returns", 4);
    private static final long BEGUN = 1_000;
    private static final long DUE = BEGUN + Duration.ofSeconds(5).toNanos();

    private final List<CompletableFuture<long[]>> asked = new ArrayList<>();
    private final Landing landing = landing();
    private final TargetWatch watch = new TargetWatch(new Target(), landing, new long[] {10, 10}, BEGUN);

    private class Target implements TargetWatch.Target {
        @Override
        public Future<long[]> endsLater() {
            CompletableFuture<long[]> answer = new CompletableFuture<>();
            asked.add(answer);
            return answer;
        }

        @Override
        public InvariantBroken foreign(int slot, long first, long last) {
            return new InvariantBroken(FailureName.FOREIGN_WRITER, slot + ": " + first + " to " + last);
        }

        @Override
        public void requireNotBelow(int slot, long end, long durable) {
            if (end < durable) {
                throw new InvariantBroken(FailureName.LOG_TRUNCATED, slot + ": " + end + " below " + durable);
            }
        }
    }

    @Test
    void asksEveryFiveSecondsAndNeverWhileAnAnswerIsUnderWay() {
        watch.glance(DUE - 1);
        assertThat(asked).isEmpty();

        watch.glance(DUE);
        watch.glance(DUE + Duration.ofMinutes(1).toNanos());
        assertThat(asked).hasSize(1);

        asked.get(0).complete(new long[] {10, 10});
        watch.glance(DUE + 1);
        watch.glance(DUE + 2);
        assertThat(asked).hasSize(1);
        watch.glance(DUE + Duration.ofSeconds(5).toNanos());
        assertThat(asked).hasSize(2);
    }

    @Test
    void namesTheOffsetsThatSomebodyElseWrote() {
        watch.glance(DUE);
        asked.get(0).complete(new long[] {10, 13});

        assertThatThrownBy(() -> watch.glance(DUE + 1))
                .isInstanceOf(InvariantBroken.class)
                .hasMessage("FOREIGN_WRITER: 1: 10 to 12");
    }

    @Test
    void leavesAPartitionAloneThatHasSomethingToSend() {
        watch.handedOn(segment(14));
        watch.glance(DUE);
        asked.get(0).complete(new long[] {12, 10});

        assertThatCode(() -> watch.glance(DUE + 1)).doesNotThrowAnyException();
    }

    @Test
    void comparesWithWhatWasHandedOnByTheTimeOfTheComparison() {
        watch.glance(DUE);
        watch.handedOn(segment(14));
        landing.landed(segment(14));
        // The end is as it was read before four records were sent, or with some of them.
        asked.get(0).complete(new long[] {12, 10});
        assertThatCode(() -> watch.glance(DUE + 1)).doesNotThrowAnyException();

        watch.glance(DUE + Duration.ofSeconds(5).toNanos());
        asked.get(1).complete(new long[] {15, 10});
        assertThatThrownBy(() -> watch.glance(DUE + Duration.ofSeconds(6).toNanos()))
                .hasMessage("FOREIGN_WRITER: 0: 14 to 14");
    }

    @Test
    void takesNoAnswerForNoFindingAndAsksAgain() {
        watch.glance(DUE);
        asked.get(0).completeExceptionally(new IllegalStateException("the broker restarts"));
        watch.glance(DUE + 1);
        watch.glance(DUE + Duration.ofSeconds(5).toNanos());

        assertThat(asked).hasSize(2);
    }

    @Test
    void showsTheCopyAloneOnlyWhenTheTargetSaidSo() {
        assertThat(shownWith(new long[] {10, 10})).isTrue();
        assertThatThrownBy(() -> shownWith(new long[] {11, 10})).hasMessage("FOREIGN_WRITER: 0: 10 to 10");
        assertThatThrownBy(() -> shownWith(new long[] {10, 9})).hasMessage("LOG_TRUNCATED: 1: 9 below 10");

        TargetWatch ofASilentTarget = new TargetWatch(
                new Target() {
                    @Override
                    public Future<long[]> endsLater() {
                        return CompletableFuture.failedFuture(new IllegalStateException("silent"));
                    }
                },
                landing,
                new long[] {10, 10},
                BEGUN);
        assertThat(ofASilentTarget.showsTheCopyAlone()).isFalse();
    }

    private boolean shownWith(long[] ends) {
        return new TargetWatch(
                        new Target() {
                            @Override
                            public Future<long[]> endsLater() {
                                return CompletableFuture.completedFuture(ends);
                            }
                        },
                        landing,
                        new long[] {10, 10},
                        BEGUN)
                .showsTheCopyAlone();
    }

    /** Orders up to a target offset. */
    private static DurableSegment segment(long targetNext) {
        return new DurableSegment(1, List.of(new Step.Advance(0, targetNext)), Map.of(0, progress(targetNext)));
    }

    private static PartitionProgress progress(long next) {
        return new PartitionProgress(SourceOffset.of(next), TargetOffset.of(next), next, 0, DigestChain.START);
    }

    private static Landing landing() {
        LaneId lane = new LaneId(2);
        LaneWork work = new LaneWork(
                new LanePlan(
                        lane,
                        List.of(
                                new LanePartition(ORDERS, SourceOffset.of(0), SourceOffset.of(10), 0),
                                new LanePartition(RETURNS, SourceOffset.of(0), SourceOffset.of(10), 0))),
                ReplicationMode.TAIL,
                new UUID(7, 8),
                LaneHarness.config("nowhere:1", "nowhere:2", LaneHarness.SEED),
                new InMemoryObjectStore(),
                new MigrationObjects(new MigrationId("watched")),
                Surroundings.real(),
                LaneHarness.quick());
        OffsetMap[] maps = {
            new OffsetMap(ORDERS, SourceOffset.of(0), TargetOffset.of(0)),
            new OffsetMap(RETURNS, SourceOffset.of(0), TargetOffset.of(0))
        };
        maps[0].append(0, 10);
        maps[1].append(0, 10);
        return new Landing(
                work,
                maps,
                new PartitionProgress[] {progress(10), progress(10)},
                new Checkpoint(Checkpoint.FORMAT, lane, 0, 0, Map.of(), List.of()));
    }
}
