package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Step Functions on this machine: runs definitions of Amazon States Language (JSONata only) and answers the service's
 * own protocol on a loopback port, so that the AWS SDK and the AWS CLI can be pointed at it. For local runs and tests:
 * state is kept in memory, and whoever can reach the loopback address may use it.
 *
 * <p>The methods are the same operations without the wire. They throw {@link StatesServiceException} with the service's
 * own error names. Closing stops the executions that run and ends their work.
 */
public final class StatesServer implements AutoCloseable {
    /**
     * How long cancelled work may take to end: the longest stop timeout of a container, 120 seconds, and 10 more for its
     * process to be reaped.
     */
    private static final Duration CANCEL_GRACE = Duration.ofSeconds(130);

    private final Executions executions;
    private final Tokens tokens;
    private final WireServer wire;

    private StatesServer(Builder builder) throws IOException {
        // The child integration needs the executions, which need the integrations; nothing runs before both are there.
        Map<String, TaskIntegration> integrations = new HashMap<>(builder.integrations);
        this.tokens = new Tokens(builder.clock, builder.random);
        this.executions = new Executions(new Surroundings(
                builder.clock,
                builder.sleeper,
                builder.random,
                integrations,
                tokens,
                builder.listener,
                builder.cancelGrace,
                daemons("states")));
        integrations.put(ChildExecution.RESOURCE, new ChildExecution(executions, builder.random));
        integrations.put(StartedExecution.RESOURCE, new StartedExecution(executions, builder.random));
        WireOperations operations = new WireOperations(executions, tokens, builder.random);
        this.wire = WireServer.start(builder.port, operations, daemons("states-wire"));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where an SDK or the CLI finds this server, for {@code endpointOverride} or {@code --endpoint-url}. */
    public URI endpoint() {
        return wire.endpoint();
    }

    /** Creates a state machine; the same name with the same definition again is no error. */
    public StateMachineArn create(String name, JsonNode definition) {
        return executions.create(new StateMachineArn(name), definition).arn();
    }

    /** Starts an execution; the same name and input again is no error while the first one runs. */
    public ExecutionArn start(StateMachineArn machine, String name, JsonNode input) {
        return executions.start(machine, name, input).arn();
    }

    public ExecutionDescription describe(ExecutionArn execution) {
        return executions.find(execution).describe();
    }

    /** The executions of a machine, the newest first. */
    public List<ExecutionDescription> executions(StateMachineArn machine) {
        return executions.executions(machine);
    }

    /** The events so far, the oldest first; none of them shows a task token. */
    public List<HistoryEvent> history(ExecutionArn execution) {
        return executions.find(execution).history().events();
    }

    /**
     * Waits until the execution, all of its work and the listener's {@code executionEnded} have ended.
     *
     * @throws TimeoutException when that takes longer than the limit
     */
    public ExecutionDescription await(ExecutionArn execution, Duration limit)
            throws InterruptedException, TimeoutException {
        return executions.find(execution).await(limit);
    }

    /** Aborts the execution; its work is interrupted and may still take a while to end. */
    public void stop(ExecutionArn execution, @Nullable String error, @Nullable String cause) {
        executions.find(execution).stop(error, cause);
    }

    /** Continues a FAILED, TIMED_OUT or ABORTED execution at the states that did not succeed. */
    public Instant redrive(ExecutionArn execution) {
        return executions.find(execution).redrive();
    }

    public void sendTaskSuccess(TaskToken token, JsonNode output) {
        tokens.succeed(token, output);
    }

    public void sendTaskFailure(TaskToken token, String error, String cause) {
        tokens.fail(token, new StateFailure(error, cause));
    }

    public void sendTaskHeartbeat(TaskToken token) {
        tokens.beat(token);
    }

    @Override
    public void close() {
        wire.close();
        executions.stopAll();
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicLong number = new AtomicLong();
        return task -> {
            Thread thread = new Thread(task, prefix + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Settings of a server; everything but the integrations has a default. */
    public static final class Builder {
        private final Map<String, TaskIntegration> integrations = new HashMap<>();
        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.system();
        private RandomGenerator random = new SecureRandom();
        private ExecutionListener listener = ExecutionListener.SILENT;
        private Duration cancelGrace = CANCEL_GRACE;
        private int port;

        private Builder() {}

        /**
         * Registers the work behind a resource such as {@code arn:aws:states:::lambda:invoke}; it also serves the same
         * resource with {@code .waitForTaskToken}.
         */
        public Builder integration(String resource, TaskIntegration integration) {
            integrations.put(resource, integration);
            return this;
        }

        /** Default: the system's clock. */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /** Default: {@link Sleeper#system()}. Must agree with the clock. */
        public Builder sleeper(Sleeper value) {
            sleeper = value;
            return this;
        }

        /** For tokens, jitter, {@code $random} and {@code $uuid}. Default: {@link SecureRandom}. */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /** Default: {@link ExecutionListener#SILENT}. */
        public Builder listener(ExecutionListener value) {
            listener = value;
            return this;
        }

        /** How long cancelled work may take to end before it is left to itself. Default: 130 seconds. */
        public Builder cancelGrace(Duration value) {
            cancelGrace = value;
            return this;
        }

        /** The loopback port; 0, the default, takes a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Starts it; throws when the port cannot be bound. */
        public StatesServer start() throws IOException {
            return new StatesServer(this);
        }
    }
}
