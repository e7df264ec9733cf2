package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** The tokens of one server: those that wait for an answer and those that no longer do. Guarded by itself. */
final class Tokens {
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<TaskToken, Pending> pending = new HashMap<>();
    private final Set<TaskToken> closed = new HashSet<>();

    Tokens(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A token that waits for its answer. */
    static final class Pending {
        private final TaskToken token;
        private final CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        private volatile Instant lastBeat;

        private Pending(TaskToken token, Instant now) {
            this.token = token;
            this.lastBeat = now;
        }

        TaskToken token() {
            return token;
        }

        /** Completes with the output, or exceptionally with a {@link StateFailure}. */
        CompletableFuture<JsonNode> answer() {
            return answer;
        }

        /** When the token was issued or last beat. */
        Instant lastBeat() {
            return lastBeat;
        }
    }

    synchronized Pending issue() {
        Pending issued = new Pending(TaskToken.next(random), clock.instant());
        pending.put(issued.token, issued);
        return issued;
    }

    /** The task no longer waits; an answer that comes from now on is refused. */
    synchronized void close(TaskToken token) {
        if (pending.remove(token) != null) {
            closed.add(token);
        }
    }

    void succeed(TaskToken token, JsonNode output) {
        take(token).answer.complete(output);
    }

    void fail(TaskToken token, StateFailure failure) {
        take(token).answer.completeExceptionally(failure);
    }

    synchronized void beat(TaskToken token) {
        find(token).lastBeat = clock.instant();
    }

    private synchronized Pending take(TaskToken token) {
        Pending found = find(token);
        close(token);
        return found;
    }

    private synchronized Pending find(TaskToken token) {
        Pending found = pending.get(token);
        if (found != null) {
            return found;
        }
        if (closed.contains(token)) {
            throw new StatesServiceException(
                    StatesServiceException.Code.TASK_TIMED_OUT,
                    "taskToken: the task was answered, timed out or was cancelled; a retry or redrive has a new token");
        }
        throw new StatesServiceException(
                StatesServiceException.Code.TASK_DOES_NOT_EXIST, "taskToken: no task of this server has this token");
    }
}
