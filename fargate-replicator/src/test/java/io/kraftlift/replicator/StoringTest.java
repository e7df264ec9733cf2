package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sealing and the storing thread over a store that keeps the first segment waiting until the test lets it go on. */
final class StoringTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final LaneId LANE = new LaneId(4);

    private final InMemoryObjectStore memory = new InMemoryObjectStore();
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("storing"));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final LaneWork work = work();
    private final RunControl control = new RunControl(Goal.first(work));
    private final BlockingQueue<Fetched> fetched = new LinkedBlockingQueue<>();
    private final List<DurableSegment> durable = new CopyOnWriteArrayList<>();
    private final Storing storing = new Storing(work, control);
    private final CompletableFuture<Void> sealed = started(() -> {
        sealing().run();
        storing.noMore();
    });
    private final CompletableFuture<Void> stored = started(() -> storing.run(durable::add));

    @AfterEach
    void endTheThreads() {
        mayGoOn.countDown();
        control.fail(new IllegalStateException("the test is over"));
        assertThat(sealed).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void gathersInOneSegmentWhatComesWhileTheStoreIsSlow() throws InterruptedException {
        feed(1);
        begun.await();
        for (long next = 2; next <= 20; next++) {
            feed(next);
        }

        mayGoOn.countDown();
        fetched.add(new Fetched.End());

        assertThat(stored).succeedsWithin(Duration.ofMinutes(1));
        assertThat(durable).extracting(DurableSegment::number).containsExactly(0L, 1L);
        assertThat(durable.get(1).steps()).hasSize(19).last().isEqualTo(new Step.Advance(0, 20));
        assertThat(memory.get(objects.segment(LANE, 1))).isPresent();
    }

    @Test
    void handsNothingOnThatIsNotDurable() throws InterruptedException {
        feed(1);
        begun.await();

        assertThat(durable).isEmpty();
        assertThat(storing.idle()).isFalse();
        mayGoOn.countDown();

        await().atMost(Duration.ofMinutes(1)).until(storing::idle);
        assertThat(durable).hasSize(1);
    }

    @Test
    void losesTheLaneToAnotherWriterOfItsNumber() {
        memory.put(objects.segment(LANE, 0), ByteBuffer.wrap(new byte[] {1, 2, 3}));
        mayGoOn.countDown();

        feed(1);

        assertThatThrownBy(stored::join)
                .cause()
                .isInstanceOfSatisfying(
                        TryAgain.class, lost -> assertThat(lost.failureName()).isEqualTo(FailureName.LANE_LOST));
        assertThat(durable).isEmpty();
    }

    @Test
    void letsTheSealingThreadEndWhenTheRunHasFailed() throws InterruptedException {
        feed(1);
        begun.await();
        feed(2);

        control.fail(new IllegalStateException("elsewhere"));

        assertThat(sealed).succeedsWithin(Duration.ofMinutes(1));
        assertThat(durable).isEmpty();
    }

    /** Waits until the sealing thread has it. */
    private void feed(long sourceNext) {
        fetched.add(new Fetched.Advanced(0, sourceNext));
        await().atMost(Duration.ofMinutes(1)).until(fetched::isEmpty);
    }

    private interface ThreadWork {
        void run() throws InterruptedException;
    }

    private static CompletableFuture<Void> started(ThreadWork threadWork) {
        return CompletableFuture.runAsync(() -> {
            try {
                threadWork.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private Sealing sealing() {
        PartitionProgress start =
                new PartitionProgress(SourceOffset.of(0), TargetOffset.of(0), 0, 0, DigestChain.START);
        Landing landing = new Landing(
                work,
                new OffsetMap[] {new OffsetMap(ORDERS, SourceOffset.of(0), TargetOffset.of(0))},
                new PartitionProgress[] {start},
                new Checkpoint(Checkpoint.FORMAT, LANE, -1, -1, Map.of(), List.of()));
        LaneStart.Opened opened = new LaneStart.Opened(
                new PartitionPosition[] {PartitionPosition.first(ORDERS, SourceOffset.of(0), TargetOffset.of(0))},
                new ProducerIdentity(77, (short) 0),
                0,
                landing,
                List.of(),
                new long[] {0},
                new BitSet());
        return new Sealing(work, new Sealing.Links(control, fetched, storing), Memory.of(work), opened);
    }

    private LaneWork work() {
        HookedStore store = new HookedStore(memory, key -> {
            begun.countDown();
            try {
                if (!mayGoOn.await(2, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("the test did not let the store go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return new LaneWork(
                new LanePlan(LANE, List.of(new LanePartition(ORDERS, SourceOffset.of(0), SourceOffset.of(400), 0))),
                ReplicationMode.TAIL,
                new UUID(3, 4),
                LaneHarness.config("127.0.0.1:1", "127.0.0.1:2", LaneHarness.SEED),
                store,
                objects,
                Surroundings.real(),
                LaneHarness.quick());
    }
}
