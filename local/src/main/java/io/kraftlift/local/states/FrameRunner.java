package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one frame from where it is to its result, with Retry and Catch. */
final class FrameRunner {
    private static final Logger LOG = LoggerFactory.getLogger(FrameRunner.class);

    private final Run run;
    private final Frame frame;

    FrameRunner(Run run, Frame frame) {
        this.run = run;
        this.frame = frame;
    }

    JsonNode run() throws StateFailure, InterruptedException {
        try {
            JsonNode output = frame.output();
            while (output == null) {
                visit(frame.state());
                output = frame.output();
            }
            return output;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("The interpreter broke: execution={}", run.arn(), e);
            throw new StateFailure(StateFailure.RUNTIME, e.toString());
        }
    }

    private void visit(State state) throws StateFailure, InterruptedException {
        ObjectNode entered = Visit.details()
                .put("name", state.name())
                .put("input", frame.input().toString());
        entered.putObject("inputDetails").put("truncated", false);
        record(state.type() + "StateEntered", "stateEnteredEventDetails", entered);
        tell(listener -> listener.stateEntered(run.arn(), state.name()));
        Exit.Taken taken;
        try {
            taken = attempts(state);
        } catch (InterruptedException e) {
            recordAborted(state);
            throw e;
        }
        frame.advance(taken);
        ObjectNode exited = Visit.details()
                .put("name", state.name())
                .put("output", taken.output().toString());
        exited.putObject("outputDetails").put("truncated", false);
        if (!taken.assigned().isEmpty()) {
            exited.set("assignedVariables", taken.assignedTexts());
            exited.putObject("assignedVariablesDetails").put("truncated", false);
        }
        record(state.type() + "StateExited", "stateExitedEventDetails", exited);
        tell(listener -> listener.stateExited(run.arn(), state.name()));
    }

    private Exit.Taken attempts(State state) throws StateFailure, InterruptedException {
        Instant entered = run.surroundings().clock().instant();
        RetryBudget budget = new RetryBudget(state.recovery().retriers());
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            Query query = query(state, entered, budget.total());
            try {
                return state.run(new Visit(run, frame, query));
            } catch (StateFailure failure) {
                recordEvaluation(state, failure);
                Optional<Duration> pause =
                        budget.take(failure, run.surroundings().random());
                if (pause.isEmpty()) {
                    return caught(state, query, failure);
                }
                frame.forgetChildren();
                run.surroundings().sleeper().sleep(pause.get());
            }
        }
    }

    private Exit.Taken caught(State state, Query query, StateFailure failure) throws StateFailure {
        Catcher catcher = state.recovery().catcher(failure).orElse(null);
        if (catcher == null) {
            throw failure;
        }
        try {
            return catcher.exit().take(query.with("errorOutput", failure.output()), failure.output());
        } catch (StateFailure second) {
            recordEvaluation(state, second);
            throw second;
        }
    }

    private Query query(State state, Instant entered, int retries) {
        ObjectNode context = Visit.details();
        run.context().properties().forEach(member -> context.set(member.getKey(), member.getValue()));
        context.putObject("State")
                .put("EnteredTime", Execution.text(entered))
                .put("Name", state.name())
                .put("RetryCount", retries);
        JsonNode mapItem = frame.mapItem();
        if (mapItem != null) {
            context.set("Map", mapItem);
        }
        return Query.of(frame.input(), context, frame.variables().visible(), run.functions());
    }

    private void recordEvaluation(State state, StateFailure failure) {
        if (failure.error().equals(StateFailure.QUERY_EVALUATION_ERROR)) {
            ObjectNode details = Visit.details()
                    .put("state", state.name())
                    .put("error", failure.error())
                    .put("cause", failure.cause());
            record("EvaluationFailed", "evaluationFailedEventDetails", details);
        }
    }

    /** The states that the service has such an event for are those in which a cancellation can arrive. */
    private void recordAborted(State state) {
        if (state instanceof TaskState
                || state instanceof WaitState
                || state instanceof ParallelState
                || state instanceof MapState) {
            record(state.type() + "StateAborted", "", Visit.details());
        }
    }

    private void record(String type, String detailsName, ObjectNode details) {
        frame.lastEvent(run.history().add(frame.lastEvent(), type, detailsName, details));
    }

    private void tell(Consumer<ExecutionListener> news) {
        try {
            news.accept(run.surroundings().listener());
        } catch (RuntimeException e) {
            LOG.error("A listener broke: execution={}", run.arn(), e);
        }
    }
}
