package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.core.batches.DigestChain;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.segments.SegmentHeader;
import io.kraftlift.core.segments.SegmentWriter;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every truncation and every flipped byte of what a worker reads, at the place where it reads it: a refusal that names the
 * object, and a store that is as it was. No broker is asked.
 */
final class DamagedObjectsTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final LaneId LANE = new LaneId(3);
    private static final PartitionProgress PROGRESS =
            new PartitionProgress(SourceOffset.of(45), TargetOffset.of(40), 40, 900, DigestChain.START);
    private static final LanePlan PLAN =
            new LanePlan(LANE, List.of(new LanePartition(ORDERS, SourceOffset.of(5), SourceOffset.of(400), 7)));

    private final MigrationObjects objects = new MigrationObjects(new MigrationId("damaged"));
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    private interface Reading {
        void run();
    }

    @Test
    void refusesADamagedCheckpoint() {
        Checkpoint checkpoint = new Checkpoint(Checkpoint.FORMAT, LANE, 17, 16, Map.of(ORDERS, PROGRESS), List.of());
        ObjectKey key = objects.checkpoint(LANE);
        byte[] whole = Documents.write(checkpoint);

        refusesEveryDamage(key, whole, () -> new CheckpointObject(work(ReplicationMode.TAIL)).read());
        refuses(
                key,
                Documents.write(new Checkpoint(Checkpoint.FORMAT, new LaneId(4), 17, 16, Map.of(), List.of())),
                FailureName.OBJECT_DAMAGED,
                () -> new CheckpointObject(work(ReplicationMode.TAIL)).read());
        refuses(
                key,
                new String(whole, StandardCharsets.UTF_8)
                        .replace("\"format\":2", "\"format\":3")
                        .getBytes(StandardCharsets.UTF_8),
                FailureName.OBJECT_VERSION_UNKNOWN,
                () -> new CheckpointObject(work(ReplicationMode.TAIL)).read());
    }

    @Test
    void refusesADamagedSegment() {
        ObjectKey key = objects.segment(LANE, 6);
        byte[] whole = segment(LANE, 6);

        refusesEveryDamage(key, whole, () -> new SegmentLog(work(ReplicationMode.TAIL)).read(6));
        refuses(
                key,
                segment(LANE, 7),
                FailureName.OBJECT_DAMAGED,
                () -> new SegmentLog(work(ReplicationMode.TAIL)).read(6));
        refuses(
                key,
                segment(new LaneId(4), 6),
                FailureName.OBJECT_DAMAGED,
                () -> new SegmentLog(work(ReplicationMode.TAIL)).read(6));
    }

    @Test
    void refusesALogWithAHole() {
        store.put(objects.segment(LANE, 0), ByteBuffer.wrap(segment(LANE, 0)));

        refuses(
                objects.segment(LANE, 2),
                segment(LANE, 2),
                FailureName.OBJECT_DAMAGED,
                () -> new SegmentLog(work(ReplicationMode.TAIL)).count());
    }

    @Test
    void refusesADamagedLease() {
        ObjectKey key = objects.laneLease(LANE);
        byte[] whole = Documents.write(new LaneLease(LANE, new UUID(1, 2), Instant.EPOCH));

        refusesEveryDamage(key, whole, () -> new Lease(work(ReplicationMode.TAIL)).acquire());
    }

    @Test
    void refusesADamagedControlObject() {
        store.put(
                objects.laneLease(LANE),
                ByteBuffer.wrap(Documents.write(new LaneLease(LANE, new UUID(1, 2), Instant.EPOCH))));
        ObjectKey key = objects.control();
        byte[] whole = Documents.write(LaneControl.first().drain(Map.of(ORDERS, SourceOffset.of(46))));

        refusesEveryDamage(key, whole, () -> new LaneReplication(work(ReplicationMode.TAIL)).run());
    }

    /** It has ended, or came later; who waits for the drain refuses any other. */
    @Test
    void copiesNothingMoreOfAPartitionThatADrainDoesNotName() {
        Goal goal = Goal.of(LaneControl.first().drain(Map.of()), work(ReplicationMode.TAIL));

        assertThat(goal.ends()).containsExactly(0);
    }

    @Test
    void refusesDamagedPlannedLanes() {
        ObjectKey key = objects.plan("lanes.json");
        byte[] whole = Documents.write(new LanePlans(List.of(PLAN)));
        WorkerProcess process = new WorkerProcess(surroundings(Map.of()), System.err);

        refusesEveryDamage(key, whole, () -> process.planOf(LANE, store, objects));
    }

    @Test
    void refusesADamagedExtensionOfThePlan() {
        store.put(objects.plan("lanes.json"), ByteBuffer.wrap(Documents.write(new LanePlans(List.of(PLAN)))));
        ObjectKey key = objects.extension(0);
        LanePlan more = new LanePlan(
                LANE, List.of(new LanePartition(PartitionId.of("late", 2), SourceOffset.of(1), SourceOffset.of(9), 6)));
        byte[] whole = Documents.write(new PlanExtension(PlanExtension.FORMAT, 0, Instant.EPOCH, List.of(more)));
        WorkerProcess process = new WorkerProcess(surroundings(Map.of()), System.err);

        refusesEveryDamage(key, whole, () -> process.planOf(LANE, store, objects));
        refuses(
                key,
                Documents.write(new PlanExtension(PlanExtension.FORMAT, 1, Instant.EPOCH, List.of(more))),
                FailureName.OBJECT_DAMAGED,
                () -> process.planOf(LANE, store, objects));
        refuses(
                key,
                new String(whole, StandardCharsets.UTF_8)
                        .replace("\"format\":1", "\"format\":2")
                        .getBytes(StandardCharsets.UTF_8),
                FailureName.OBJECT_VERSION_UNKNOWN,
                () -> process.planOf(LANE, store, objects));
        store.put(key, ByteBuffer.wrap(whole));
        assertThat(new StoredLanes(store, objects).read().plans().lanes())
                .singleElement()
                .satisfies(lane -> assertThat(lane.partitions()).hasSize(2));
    }

    @Test
    void saysAtItsEndWhatIsDamaged(@TempDir Path directory) throws Exception {
        FileObjectStore files = new FileObjectStore(directory.resolve("store"));
        ObjectKey key = objects.plan("lanes.json");
        byte[] damaged = {'{'};
        files.put(key, ByteBuffer.wrap(damaged));
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        ExitStatus status = new WorkerProcess(
                        surroundings(environment(directory)), new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run();

        assertThat(status).isEqualTo(ExitStatus.INVARIANT_BROKEN);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("OBJECT_DAMAGED")
                .contains("plan/lanes.json");
        assertThat(files.get(key).orElseThrow().content()).isEqualTo(damaged);
        assertThat(files.list(new ObjectKey("damaged"))).hasSize(1);
    }

    private Map<String, String> environment(Path directory) throws Exception {
        String yaml = String.join(
                "\n",
                "source: {bootstrap_servers: '127.0.0.1:1', auth: {mode: plaintext}}",
                "target: {bootstrap_servers: '127.0.0.1:2', auth: {mode: plaintext}}",
                "backup: {directory: " + directory.resolve("store") + "}",
                "evidence: {directory: " + directory.resolve("evidence") + "}",
                "");
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("kraftlift.yaml"), bytes);
        RunReference run = new RunReference(objects.migration(), new ObjectReference(file.toUri(), Sha256.of(bytes)));
        return Map.of(
                WorkerEnvironment.RUN,
                Documents.writeText(run),
                WorkerEnvironment.LANE,
                LANE.toString(),
                WorkerEnvironment.MODE,
                ReplicationMode.TAIL.name());
    }

    private void refusesEveryDamage(ObjectKey key, byte[] whole, Reading reading) {
        for (byte[] damaged : damages(whole)) {
            refuses(key, damaged, FailureName.OBJECT_DAMAGED, reading);
        }
    }

    private static List<byte[]> damages(byte[] whole) {
        byte[][] all = new byte[2 * whole.length][];
        for (int at = 0; at < whole.length; at++) {
            all[2 * at] = Arrays.copyOf(whole, at);
            all[2 * at + 1] = whole.clone();
            all[2 * at + 1][at] ^= (byte) 0xff;
        }
        return List.of(all);
    }

    private void refuses(ObjectKey key, byte[] damaged, FailureName name, Reading reading) {
        store.put(key, ByteBuffer.wrap(damaged));
        Map<ObjectKey, ByteBuffer> before = everything();

        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        InvariantBroken.class,
                        broken -> assertThat(broken.failureName()).isEqualTo(name))
                .hasMessageContaining(key.value())
                .hasMessageContaining("nothing was changed");

        assertThat(everything()).isEqualTo(before);
    }

    /** All objects but the lease of a worker that is let in. */
    private Map<ObjectKey, ByteBuffer> everything() {
        Map<ObjectKey, ByteBuffer> all = new TreeMap<>();
        ObjectKey lease = objects.laneLease(LANE);
        store.list(new ObjectKey("damaged")).forEach(summary -> {
            Optional<ByteBuffer> content = store.get(summary.key()).map(object -> ByteBuffer.wrap(object.content()));
            content.filter(there -> !summary.key().equals(lease)
                            || store.get(objects.control()).isEmpty())
                    .ifPresent(there -> all.put(summary.key(), there));
        });
        return all;
    }

    private static byte[] segment(LaneId lane, long number) {
        SegmentWriter writer = new SegmentWriter(
                new SegmentHeader(lane, number, new UUID(3, 4), new ProducerIdentity(4711, (short) 0)));
        int local = writer.open(ORDERS, SourceOffset.of(5), TargetOffset.of(0));
        writer.advance(local, 45);
        ByteBuffer sealed = writer.seal(List.of(PROGRESS));
        byte[] bytes = new byte[sealed.remaining()];
        sealed.get(bytes);
        return bytes;
    }

    private LaneWork work(ReplicationMode mode) {
        return new LaneWork(
                PLAN,
                mode,
                new UUID(7, 8),
                LaneHarness.config("127.0.0.1:1", "127.0.0.1:2", new SeedSettings(4, ByteSize.mebibytes(1), 1, null)),
                store,
                objects,
                surroundings(Map.of()),
                LaneHarness.quick());
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(environment, Clock.systemUTC(), pause -> {}, new SecureRandom());
    }
}
