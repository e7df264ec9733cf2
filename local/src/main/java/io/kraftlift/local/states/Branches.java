package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the children of a frame side by side, those that already have a result excepted. When more fail than are
 * tolerated the others are cancelled, and it returns only after all of them have ended.
 */
final class Branches {
    /** Hears of each child that is run. */
    interface Observer {
        Observer NONE = (child, index, what) -> {};

        /** {@code what} is Started, Succeeded, Failed or Aborted. */
        void happened(Frame child, int index, String what);
    }

    private final Visit visit;
    private final Observer observer;
    private final int tolerated;
    private final List<Frame> children;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    /** Counted down when every worker has ended, or by the failure that is one too many. */
    private final CountDownLatch settled = new CountDownLatch(1);

    private volatile @Nullable StateFailure fatal;

    Branches(Visit visit, Observer observer, int tolerated) {
        this.visit = visit;
        this.observer = observer;
        this.tolerated = tolerated;
        this.children = visit.frame().children();
    }

    /** Gives the outputs in the order of the children. */
    JsonNode run(int atATime) throws StateFailure, InterruptedException {
        children.stream()
                .filter(child -> child.output() == null)
                .forEach(child -> child.resume(visit.frame().lastEvent()));
        int size = Math.min(atATime, children.size());
        List<Thread> workers = new ArrayList<>();
        AtomicInteger working = new AtomicInteger(size);
        for (int i = 0; i < size; i++) {
            workers.add(visit.run().surroundings().threads().newThread(() -> {
                try {
                    work();
                } finally {
                    if (working.decrementAndGet() == 0) {
                        settled.countDown();
                    }
                }
            }));
        }
        workers.forEach(Thread::start);
        try {
            if (size > 0) {
                settled.await();
            }
        } finally {
            if (working.get() > 0) {
                workers.forEach(Thread::interrupt);
            }
            // Ends soon: every wait of a frame ends on an interrupt, a task's after the grace at the latest.
            workers.forEach(ThreadEnd::await);
            long last = children.stream().mapToLong(Frame::lastEvent).max().orElse(0);
            visit.frame().lastEvent(Math.max(last, visit.frame().lastEvent()));
        }
        if (fatal != null) {
            visit.record(visit.frame().state().type() + "StateFailed");
            throw fatal;
        }
        return outputs();
    }

    private JsonNode outputs() {
        ArrayNode outputs = JsonNodeFactory.instance.arrayNode();
        for (Frame child : children) {
            StateFailure failure = child.failure();
            outputs.add(failure == null ? child.output() : failure.output());
        }
        return outputs;
    }

    private void work() {
        try {
            for (int i = next.getAndIncrement(); i < children.size() && fatal == null; i = next.getAndIncrement()) {
                if (children.get(i).output() == null) {
                    runChild(children.get(i), i);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runChild(Frame child, int index) throws InterruptedException {
        observer.happened(child, index, "Started");
        try {
            new FrameRunner(visit.run(), child).run();
            observer.happened(child, index, "Succeeded");
        } catch (StateFailure failure) {
            child.fail(failure);
            observer.happened(child, index, "Failed");
            judge(failure);
        } catch (InterruptedException e) {
            observer.happened(child, index, "Aborted");
            throw e;
        }
    }

    private synchronized void judge(StateFailure failure) {
        if (failed.incrementAndGet() > tolerated && fatal == null) {
            fatal = tolerated == 0
                    ? failure
                    : new StateFailure(
                            StateFailure.EXCEED_TOLERATED_FAILURE_THRESHOLD,
                            "more than " + tolerated + " iterations failed, the last with " + failure.getMessage());
            settled.countDown();
        }
    }
}
