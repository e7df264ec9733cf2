package io.kraftlift.replicator;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.wire.Outage;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneResult;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a lane, seed or tail: four threads that fetch, seal, store and send, and the caller's, which keeps the lease,
 * obeys the control object, looks for extensions of the plan, and writes checkpoints, maps and status. When the plan gives the
 * lane more partitions, the threads end in order, and the lane is opened again with them.
 */
final class LaneReplication {
    private static final Logger LOG = LoggerFactory.getLogger(LaneReplication.class);
    private static final long STEP_MILLIS = 25;
    private static final long STATUS_MILLIS = 1_000;
    private static final long END_MILLIS = 5_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final StoredLanes lanes;
    private LaneWork work;
    private LanePlan planned;
    private final RunControl control;
    private final Lease lease;
    private final CheckpointObject checkpoint;
    private final StoreAttempts attempts;
    private final MapWrites mapWrites;
    private final long begunAt = System.nanoTime();
    private volatile boolean shutdown;
    private long extensions;
    private long passed;
    private long rebuilt;
    private long extensionsAt;
    private long writtenSegment = -1;
    private long writtenMaps = -1;
    private long checkpointAt;
    private long mapsAt;
    private long controlAt;
    private long statusAt;
    private long revisionSeenClean = -1;

    LaneReplication(LaneWork work) {
        this.work = work;
        this.planned = work.plan();
        this.lanes = new StoredLanes(work.store(), work.objects());
        this.control = new RunControl(Goal.first(work));
        this.lease = new Lease(work);
        this.checkpoint = new CheckpointObject(work);
        this.attempts = new StoreAttempts(work.surroundings());
        this.mapWrites = new MapWrites(work, lease);
    }

    /** Asks the run to bring what is in hand to the target and to end. For any thread. */
    void shutDown() {
        shutdown = true;
    }

    /**
     * Runs until the seed is complete or the control object says STOP.
     *
     * @throws KraftliftFailure of any family; what is durable stays so
     */
    void run() {
        lease.acquire();
        try (mapWrites) {
            do {
                takeInExtensions();
                readControl();
                try (TargetLog target = new TargetLog(work)) {
                    replicate(target);
                }
            } while (control.reopening() && !shutdown);
        } catch (KraftliftFailure e) {
            throw e;
        } catch (RetriableException e) {
            throw new TryAgain(FailureName.BROKER_UNREACHABLE, String.valueOf(e.getMessage()), e);
        } catch (KafkaException | IllegalStateException | IllegalArgumentException | ArithmeticException e) {
            throw new InvariantBroken(FailureName.DEFECT, "lane " + work.plan().lane() + " stopped: " + e, e);
        }
        lease.release();
    }

    private void replicate(TargetLog target) {
        SegmentLog log = new SegmentLog(work);
        Checkpoint last = checkpoint.read();
        LaneStart.Opened opened = new LaneStart(work, log, target).open(last);
        writtenSegment = last.segment();
        writtenMaps = last.mapsThrough();
        LOG.atInfo()
                .addKeyValue("lane", work.plan().lane())
                .addKeyValue("mode", work.mode())
                .addKeyValue("partitions", work.slots())
                .addKeyValue("segment", opened.nextNumber())
                .log("lane opened");
        Memory memory = Memory.of(work);
        BlockingQueue<Fetched> fetched = new LinkedBlockingQueue<>();
        Fetching fetching = new Fetching(work, control, memory.budget(), fetched, opened);
        Storing storing = new Storing(work, control);
        Sealing sealing = new Sealing(work, new Sealing.Links(control, fetched, storing), memory, opened);
        Sending sending = new Sending(work, control, memory, opened, lease, target);
        long[] handedOn = Arrays.stream(opened.positions())
                .mapToLong(PartitionPosition::targetNext)
                .toArray();
        TargetWatch watch = new TargetWatch(target, opened.landing(), handedOn, System.nanoTime());
        List<Thread> threads = new ArrayList<>();
        threads.add(start("fetch", fetching::run));
        threads.add(start("seal", () -> {
            sealing.run();
            storing.noMore();
        }));
        threads.add(start("store", () -> {
            storing.run(segment -> {
                watch.handedOn(segment);
                sending.accept(segment);
            });
            sending.noMore();
        }));
        threads.add(start("send", sending::run));
        Landing landing = opened.landing();
        StatusObject status = new StatusObject(work, landing, fetching::sourceEnd);
        try {
            keep(threads, landing, status, watch);
        } catch (RuntimeException e) {
            control.fail(e);
            throw e;
        } finally {
            threads.forEach(LaneReplication::join);
        }
        passed += sealing.passed();
        rebuilt += sealing.rebuilt();
        if (work.mode() == ReplicationMode.SEED && !shutdown) {
            awaitTheCopyAlone(watch);
        }
        finish(landing, status);
    }

    /** Opens the lane with what the plan's extensions have given it. */
    private void takeInExtensions() {
        readExtensions();
        work = work.with(planned);
        control.reopened();
        if (control.goal().state() != DesiredState.STOP) {
            control.pursue(Goal.first(work));
        }
    }

    /** Reads the extensions that came since; what they give is opened with the lane. */
    private void readExtensions() {
        for (Optional<PlanExtension> next = extension(); next.isPresent(); next = extension()) {
            planned = planned.with(next.get().of(planned.lane()));
            extensions++;
        }
    }

    private Optional<PlanExtension> extension() {
        return attempts.run(() -> lanes.extension(extensions));
    }

    /** A seed is complete only where the target has it and nothing else. */
    private void awaitTheCopyAlone(TargetWatch watch) {
        Outage outage = new Outage();
        while (!watch.showsTheCopyAlone()) {
            if (outage.exhausts(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
                throw new TryAgain(
                        FailureName.BROKER_UNREACHABLE,
                        "target cluster: where its logs end is not known for "
                                + TimeUnit.MILLISECONDS.toSeconds(Outage.PATIENCE_MILLIS) + " s");
            }
            lease.renew();
        }
    }

    private interface ThreadWork {
        void run() throws InterruptedException;
    }

    private Thread start(String name, ThreadWork threadWork) {
        Thread thread = new Thread(
                () -> {
                    try {
                        threadWork.run();
                    } catch (InterruptedException e) {
                        control.fail(new TryAgain(FailureName.WORKER_DIED, "interrupted", e));
                    } catch (Throwable e) { // a thread that dies unseen would hang the lane
                        control.fail(e);
                    }
                },
                "lane-" + work.plan().lane() + "-" + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The caller's part, until the threads have ended. */
    private void keep(List<Thread> threads, Landing landing, StatusObject status, TargetWatch watch) {
        long seen = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            requireAlive(threads);
            rethrow(control.failure());
            seen = await(landing, seen);
            if (shutdown) {
                control.pursue(control.goal().stop());
            }
            long now = System.nanoTime();
            if (work.mode() == ReplicationMode.TAIL
                    && due(controlAt, now, work.settings().controlEvery())) {
                controlAt = now;
                readControl();
            }
            if (work.mode() == ReplicationMode.TAIL
                    && due(extensionsAt, now, work.settings().sourceEvery())) {
                extensionsAt = now;
                readExtensions();
                if (planned.partitions().size() > work.slots()) {
                    control.reopen();
                }
            }
            lease.renew();
            writeCheckpointWhenDue(landing, watch, now);
            if (due(statusAt, now, Duration.ofMillis(STATUS_MILLIS))) {
                statusAt = now;
                attempts.run(() -> {
                    status.write(control.goal());
                    return true;
                });
            }
        }
        requireAlive(threads);
        rethrow(control.failure());
    }

    /** A tail's threads end only at STOP; one that is gone before would leave the others waiting for ever. */
    private void requireAlive(List<Thread> threads) {
        if (work.mode() != ReplicationMode.TAIL || control.goal().state() == DesiredState.STOP || control.reopening()) {
            return;
        }
        for (Thread thread : threads) {
            if (!thread.isAlive()) {
                control.fail(new TryAgain(FailureName.WORKER_DIED, thread.getName() + " ended before the lane did"));
            }
        }
    }

    private static boolean due(long last, long now, Duration every) {
        return last == 0 || now - last >= every.toNanos();
    }

    private static long await(Landing landing, long seen) {
        try {
            return landing.awaitNews(seen, STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TryAgain(FailureName.WORKER_DIED, "interrupted", e);
        }
    }

    private void readControl() {
        if (work.mode() != ReplicationMode.TAIL || control.goal().state() == DesiredState.STOP) {
            return;
        }
        Optional<StoredObject> object =
                attempts.run(() -> work.store().get(work.objects().control()));
        if (object.isEmpty()) {
            return;
        }
        LaneControl wanted = Documents.read(
                object.get().content(),
                LaneControl.class,
                work.objects().control().value());
        if (wanted.revision() != control.goal().revision()) {
            control.pursue(Goal.of(wanted, work));
            LOG.atInfo()
                    .addKeyValue("lane", work.plan().lane())
                    .addKeyValue("revision", wanted.revision())
                    .addKeyValue("state", wanted.state())
                    .log("control object obeyed");
        }
    }

    private void writeCheckpointWhenDue(Landing landing, TargetWatch watch, long now) {
        Goal goal = control.goal();
        boolean draining = work.mode() == ReplicationMode.TAIL && goal.state() == DesiredState.DRAIN;
        if (draining && landing.reached(goal.ends())) {
            drained(landing, watch, goal);
            return;
        }
        if (goal.state() != DesiredState.STOP) { // after it, clients may write to the target
            watch.glance(now);
        }
        if (landing.segment() != writtenSegment
                && due(checkpointAt, now, work.settings().checkpointEvery())) {
            checkpointAt = now;
            boolean maps = due(mapsAt, now, work.settings().mapsEvery());
            mapsAt = maps ? now : mapsAt;
            write(maps ? landing.withMaps() : landing.withoutMaps());
        }
    }

    /** Says that the drain is complete, once nobody else is seen to have written; from then on nobody is looked for. */
    private void drained(Landing landing, TargetWatch watch, Goal goal) {
        if (revisionSeenClean != goal.revision() && !watch.showsTheCopyAlone()) {
            return;
        }
        revisionSeenClean = goal.revision();
        if (landing.segment() != writtenSegment || writtenMaps != writtenSegment) {
            write(landing.withMaps());
        }
    }

    /** Maps first, then the checkpoint that vouches for them. */
    private void write(Landing.Snapshot snapshot) {
        mapWrites.write(snapshot.maps());
        checkpoint.write(snapshot.checkpoint());
        writtenSegment = snapshot.checkpoint().segment();
        writtenMaps = snapshot.checkpoint().mapsThrough();
    }

    private void finish(Landing landing, StatusObject status) {
        if (landing.segment() != writtenSegment || writtenMaps != writtenSegment) {
            write(landing.withMaps());
        }
        attempts.run(() -> {
            status.write(control.goal());
            return true;
        });
        if (control.reopening()) {
            return;
        }
        List<Ended> endings = landing.endings();
        LaneResult result = new LaneResult(
                work.plan().lane(),
                work.mode(),
                landing.records(),
                landing.bytes(),
                passed,
                rebuilt,
                (System.nanoTime() - begunAt) / NANOS_PER_SECOND,
                landing.gaps(),
                endings.isEmpty() ? null : endings);
        if (!shutdown) {
            attempts.run(() -> {
                work.store()
                        .put(
                                work.objects()
                                        .laneResult(work.mode(), work.plan().lane()),
                                ByteBuffer.wrap(Documents.write(result)));
                return true;
            });
        }
        LOG.atInfo()
                .addKeyValue("lane", work.plan().lane())
                .addKeyValue("records", result.records())
                .addKeyValue("bytes", result.bytes())
                .addKeyValue("milliseconds", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunAt))
                .log("lane ended");
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new TryAgain(FailureName.WORKER_DIED, String.valueOf(failure), failure);
        }
    }
}
