package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One execution: its status, its history, and the tree of frames that a redrive continues from. The status is guarded by
 * this object; the frames belong to the thread of the current run, which begins only after the one before has ended.
 */
final class Execution {
    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final ExecutionArn arn;
    private final Definition definition;
    private final JsonNode input;
    private final Surroundings surroundings;
    private final QueryFunctions functions;
    private final History history;
    private final Frame root;
    private final Instant startDate;

    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private @Nullable Instant stopDate;
    private @Nullable JsonNode output;
    private @Nullable String error;
    private @Nullable String cause;
    private int redriveCount;
    private @Nullable Instant redriveDate;
    private CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Thread runner;
    /** How the last run ended, for the listener: a redrive may already have changed the status. */
    private @Nullable ExecutionDescription ending;

    Execution(ExecutionArn arn, Definition definition, JsonNode input, Surroundings surroundings) {
        this.arn = arn;
        this.definition = definition;
        this.input = input;
        this.surroundings = surroundings;
        this.functions = new QueryFunctions(surroundings.random());
        this.history = new History(surroundings.clock());
        this.root = Frame.root(definition.scope(), input);
        this.startDate = surroundings.clock().instant();
    }

    /** A moment as the context object shows it: UTC with milliseconds. */
    static String text(Instant moment) {
        return ISO.format(moment);
    }

    synchronized void start() {
        ObjectNode details =
                Visit.details().put("input", input.toString()).put("roleArn", "arn:aws:iam::000000000000:role/local");
        details.putObject("inputDetails").put("truncated", false);
        root.lastEvent(history.add(0, "ExecutionStarted", "executionStartedEventDetails", details));
        begin(null);
    }

    /** Continues it; throws {@code ExecutionNotRedrivable} while it runs and after it succeeded. */
    synchronized Instant redrive() {
        if (!status.redrivable()) {
            throw new StatesServiceException(
                    StatesServiceException.Code.EXECUTION_NOT_REDRIVABLE,
                    "executionArn: only a FAILED, TIMED_OUT or ABORTED execution can be redriven, this one is "
                            + status);
        }
        Instant now = surroundings.clock().instant();
        status = ExecutionStatus.RUNNING;
        stopDate = null;
        error = null;
        cause = null;
        redriveCount++;
        redriveDate = now;
        history.reopen();
        ObjectNode details = Visit.details().put("redriveCount", redriveCount);
        long redriven = history.add(history.lastId(), "ExecutionRedriven", "executionRedrivenEventDetails", details);
        Thread before = runner;
        ended = new CountDownLatch(1);
        begin(() -> {
            if (before != null) {
                ThreadEnd.await(before);
            }
            root.resume(redriven);
        });
        return now;
    }

    private void begin(@Nullable Runnable preparation) {
        Run run = new Run(arn, history, context(), surroundings, functions);
        CountDownLatch end = ended;
        Thread thread = surroundings.threads().newThread(() -> run(run, preparation, end));
        runner = thread;
        thread.start();
    }

    private void run(Run run, @Nullable Runnable preparation, CountDownLatch end) {
        Duration limit = definition.timeout();
        Alarm alarm = limit == null ? null : Alarm.after(limit, surroundings, () -> timeOut(limit));
        try {
            if (preparation != null) {
                preparation.run();
            }
            succeed(new FrameRunner(run, root).run());
        } catch (StateFailure failure) {
            finish(ExecutionStatus.FAILED, "ExecutionFailed", failure.error(), failure.cause());
        } catch (InterruptedException e) {
            // Only a stop or the timeout interrupts this thread, and both have set the status before.
            LOG.debug("A run was cancelled: execution={}", arn);
        } catch (RuntimeException | Error e) {
            LOG.error("The interpreter broke: execution={}", arn, e);
            finish(ExecutionStatus.FAILED, "ExecutionFailed", StateFailure.RUNTIME, e.toString());
        } finally {
            if (alarm != null) {
                alarm.close();
            }
            tellEnd();
            end.countDown();
        }
    }

    private void tellEnd() {
        ExecutionDescription how;
        synchronized (this) {
            how = ending == null ? describe() : ending;
        }
        try {
            surroundings.listener().executionEnded(how);
        } catch (RuntimeException e) {
            LOG.error("A listener broke: execution={}", arn, e);
        }
    }

    private synchronized void succeed(JsonNode result) {
        if (status == ExecutionStatus.RUNNING) {
            status = ExecutionStatus.SUCCEEDED;
            stopDate = surroundings.clock().instant();
            output = result;
            ending = describe();
            ObjectNode details = Visit.details().put("output", result.toString());
            details.putObject("outputDetails").put("truncated", false);
            history.end(root.lastEvent(), "ExecutionSucceeded", "executionSucceededEventDetails", details);
        }
    }

    private void timeOut(Duration limit) {
        String why = "the execution took longer than its TimeoutSeconds of " + limit.toSeconds();
        cancel(ExecutionStatus.TIMED_OUT, "ExecutionTimedOut", StateFailure.TIMEOUT, why);
    }

    /** Stops it; without effect when it has ended. Gives the moment at which it ended. */
    synchronized Instant stop(@Nullable String stopError, @Nullable String stopCause) {
        cancel(ExecutionStatus.ABORTED, "ExecutionAborted", stopError, stopCause);
        return stopDate == null ? surroundings.clock().instant() : stopDate;
    }

    /** Stops it and returns when all of its work has ended. */
    void stopAndWait(@Nullable String stopError, @Nullable String stopCause) {
        Thread running;
        synchronized (this) {
            stop(stopError, stopCause);
            running = runner;
        }
        if (running != null) {
            ThreadEnd.await(running);
        }
    }

    private synchronized void cancel(ExecutionStatus to, String event, @Nullable String why, @Nullable String detail) {
        if (finish(to, event, why, detail) && runner != null) {
            runner.interrupt();
        }
    }

    private synchronized boolean finish(
            ExecutionStatus to, String event, @Nullable String why, @Nullable String detail) {
        if (status != ExecutionStatus.RUNNING) {
            return false;
        }
        status = to;
        stopDate = surroundings.clock().instant();
        error = why;
        cause = detail;
        ending = describe();
        ObjectNode details = Visit.details();
        if (why != null) {
            details.put("error", why);
        }
        if (detail != null) {
            details.put("cause", detail);
        }
        String member = Character.toLowerCase(event.charAt(0)) + event.substring(1) + "EventDetails";
        history.end(history.lastId(), event, member, details);
        return true;
    }

    private JsonNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode execution = context.putObject("Execution")
                .put("Id", arn.toString())
                .put("Name", arn.name())
                .put("StartTime", text(startDate))
                .put("RedriveCount", redriveCount);
        execution.set("Input", input);
        if (redriveDate != null) {
            execution.put("RedriveTime", text(redriveDate));
        }
        context.putObject("StateMachine")
                .put("Id", arn.machine().toString())
                .put("Name", arn.machine().name());
        return context;
    }

    synchronized ExecutionDescription describe() {
        return new ExecutionDescription(
                arn, status, startDate, stopDate, input, output, error, cause, redriveCount, redriveDate);
    }

    Definition definition() {
        return definition;
    }

    JsonNode input() {
        return input;
    }

    History history() {
        return history;
    }

    /** Waits until the current run and all of its work have ended. */
    ExecutionDescription await() throws InterruptedException {
        end().await();
        return describe();
    }

    /** The same with a limit. */
    ExecutionDescription await(Duration limit) throws InterruptedException, TimeoutException {
        if (!end().await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(arn + ": has not ended within " + limit);
        }
        return describe();
    }

    private synchronized CountDownLatch end() {
        return ended;
    }
}
