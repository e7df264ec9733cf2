package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a task: whichever comes first of the work's end, the token's answer after the work's end, the timeout,
 * a missed heartbeat, and the cancellation of the calling thread decides. It returns only after the work has ended, or
 * after the grace for cancelled work.
 */
final class TaskAttempt {
    private static final Logger LOG = LoggerFactory.getLogger(TaskAttempt.class);

    private final Surroundings surroundings;
    private final TaskResource resource;
    private final TaskCall call;
    private final Tokens.@Nullable Pending pending;
    private final CompletableFuture<JsonNode> outcome = new CompletableFuture<>();

    TaskAttempt(Surroundings surroundings, TaskResource resource, TaskCall call, Tokens.@Nullable Pending pending) {
        this.surroundings = surroundings;
        this.resource = resource;
        this.call = call;
        this.pending = pending;
    }

    JsonNode run(@Nullable Duration timeout, @Nullable Duration heartbeat) throws StateFailure, InterruptedException {
        List<Alarm> alarms = new ArrayList<>();
        Thread worker = surroundings.threads().newThread(this::work);
        try {
            if (timeout != null) {
                alarms.add(Alarm.after(
                        timeout, surroundings, () -> fail(StateFailure.TIMEOUT, "TimeoutSeconds", timeout)));
            }
            if (pending != null && heartbeat != null) {
                alarms.add(Alarm.at(
                        () -> pending.lastBeat().plus(heartbeat),
                        surroundings,
                        () -> fail(StateFailure.HEARTBEAT_TIMEOUT, "HeartbeatSeconds", heartbeat)));
            }
            worker.start();
            return outcome.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StateFailure failure) {
                throw new StateFailure(failure.error(), failure.cause());
            }
            throw new IllegalStateException("a task ended in an unforeseen way", e.getCause());
        } finally {
            alarms.forEach(Alarm::close);
            end(worker);
        }
    }

    private void work() {
        try {
            TaskIntegration integration = surroundings.integrations().get(resource.integration());
            if (integration == null) {
                throw new TaskFailedException(StateFailure.RUNTIME, "no plug-in for " + resource.integration());
            }
            JsonNode result = integration.run(call);
            if (pending == null) {
                outcome.complete(result);
            } else {
                outcome.complete(pending.answer().get());
            }
        } catch (TaskFailedException e) {
            outcome.completeExceptionally(new StateFailure(e.error(), e.cause()));
        } catch (ExecutionException e) {
            outcome.completeExceptionally(e.getCause());
        } catch (InterruptedException e) {
            // Seen only when the plug-in interrupts itself: a cancelled attempt no longer listens to its outcome.
            outcome.completeExceptionally(new StateFailure(StateFailure.TASK_FAILED, "the task was interrupted"));
        } catch (RuntimeException | Error e) {
            LOG.error("A task's plug-in broke: state={} resource={}", call.stateName(), resource.integration(), e);
            outcome.completeExceptionally(new StateFailure(StateFailure.TASK_FAILED, e.toString()));
        }
    }

    private void fail(String error, String field, Duration limit) {
        outcome.completeExceptionally(new StateFailure(
                error, call.stateName() + ": took longer than its " + field + " of " + limit.toSeconds()));
    }

    /** Interrupts the worker and waits for its end, at most for the grace; keeps an interrupt of the caller. */
    private void end(Thread worker) {
        worker.interrupt();
        boolean interrupted = Thread.interrupted();
        long deadline = System.nanoTime() + surroundings.cancelGrace().toNanos();
        while (worker.isAlive() && System.nanoTime() < deadline) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(worker, Math.max(1, deadline - System.nanoTime()));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (worker.isAlive()) {
            LOG.warn("A cancelled task did not end within the grace: state={}", call.stateName());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
