package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import io.kraftlift.testkit.time.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Over a store that does what the test wants before each write, with a clock that the test moves. */
final class MapWritesTest {
    private static final LaneId LANE = new LaneId(0);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("maps"));
    private final MovedClock clock = new MovedClock(Instant.parse("2026-01-01T00:00:00Z"));
    private volatile Consumer<ObjectKey> beforeMap = key -> {};

    @Test
    void writesMapsSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        beforeMap = key -> {
            both.countDown();
            awaitDown(both);
        };

        write(map("orders", 0), map("orders", 1));

        assertThat(stored("orders", 0)).isTrue();
        assertThat(stored("orders", 1)).isTrue();
    }

    @Test
    void renewsTheLeaseMeanwhile() {
        beforeMap = key -> {
            Instant before = expires();
            clock.moveBy(Duration.ofSeconds(5));
            await().atMost(Duration.ofMinutes(3)).until(() -> expires().isAfter(before));
        };

        write(map("orders", 0));

        assertThat(stored("orders", 0)).isTrue();
    }

    @Test
    void writesNothingOnceAnotherWorkerMayHaveTheLane() {
        LaneWork work = work();
        Lease lease = new Lease(work);
        lease.acquire();
        clock.moveBy(Duration.ofSeconds(16));

        try (MapWrites writes = new MapWrites(work, lease)) {
            assertThatThrownBy(() -> writes.write(List.of(map("orders", 0))))
                    .isInstanceOfSatisfying(
                            TryAgain.class,
                            again -> assertThat(again.failureName()).isEqualTo(FailureName.LANE_LOST));
        }
        assertThat(stored("orders", 0)).isFalse();
    }

    @Test
    void throwsAFailureWhenNoWriteIsUnderWayAnyMore() {
        beforeMap = key -> {
            if (key.equals(objects.offsetMap(PartitionId.of("orders", 0)))) {
                throw new IllegalStateException("no room");
            }
        };

        assertThatThrownBy(() -> write(map("orders", 0), map("orders", 1), map("orders", 2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room");
        assertThat(stored("orders", 1)).isTrue();
        assertThat(stored("orders", 2)).isTrue();
    }

    private void write(Landing.ChangedMap... maps) {
        LaneWork work = work();
        Lease lease = new Lease(work);
        lease.acquire();
        try (MapWrites writes = new MapWrites(work, lease)) {
            writes.write(List.of(maps));
        }
    }

    private static void awaitDown(CountDownLatch latch) {
        try {
            assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Landing.ChangedMap map(String topic, int index) {
        return new Landing.ChangedMap(PartitionId.of(topic, index), new byte[] {1, 2, 3});
    }

    private boolean stored(String topic, int index) {
        return store.get(objects.offsetMap(PartitionId.of(topic, index))).isPresent();
    }

    private Instant expires() {
        byte[] lease = store.get(objects.laneLease(LANE)).orElseThrow().content();
        return Documents.read(lease, LaneLease.class, "the lease").expires();
    }

    private LaneWork work() {
        Surroundings real = Surroundings.real();
        return new LaneWork(
                new LanePlan(LANE, List.of()),
                ReplicationMode.TAIL,
                UUID.randomUUID(),
                LaneHarness.config("nowhere:1", "nowhere:2", LaneHarness.SEED),
                new HookedStore(store, key -> {
                    if (!key.equals(objects.laneLease(LANE))) {
                        beforeMap.accept(key);
                    }
                }),
                objects,
                new Surroundings(real.environment(), clock, real.sleeper(), real.random()),
                LaneHarness.quick());
    }
}
