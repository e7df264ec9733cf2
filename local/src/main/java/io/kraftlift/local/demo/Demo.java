package io.kraftlift.local.demo;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import io.kraftlift.core.groups.ResyncReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.local.states.HistoryEvent;
import io.kraftlift.local.states.TaskToken;
import io.kraftlift.local.workers.LocalWorkers;
import io.kraftlift.local.workload.DemoContents;
import io.kraftlift.local.workload.DemoData;
import io.kraftlift.local.workload.DemoScale;
import io.kraftlift.local.workload.FreezeWebhook;
import io.kraftlift.local.workload.LiveConsumer;
import io.kraftlift.local.workload.LiveProducer;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A whole migration of a cluster made for it: real brokers, data of every kind, a live producer and a live consumer, the
 * state machine that is deployed, and a person at the gates.
 *
 * <p>{@link #run} is called once, by one thread; {@link #snapshot} may be called by others meanwhile. Closing ends every
 * process that was started.
 */
public final class Demo implements ProgressSource, AutoCloseable {
    private static final MigrationId MIGRATION = new MigrationId("demo");
    private static final long STANDARD_BYTES = DemoScale.standard().logicalBytes();
    private static final int LIVE_RECORDS_PER_SECOND = 500;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration CLIENT_SWITCH_PATIENCE = Duration.ofSeconds(90);

    /** A topic has messages of up to 2 MiB; precheck B11 asks the target's brokers to take them. */
    private static final Map<String, String> MESSAGE_SIZES =
            Map.of("message.max.bytes", "4194304", "replica.fetch.max.bytes", "4194304");

    /** Of a worker: segments in hand and being used again, fetches, and room. */
    private static final String WORKER_HEAP = "-Xmx384m";

    private final Path home;
    private final DemoOptions options;
    private final Surroundings surroundings;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private volatile String preparation = "preparing the run folder";
    private volatile @Nullable OpenedGate waiting;
    private volatile @Nullable MigrationRun run;
    private volatile List<HistoryEvent> history = List.of();
    private @Nullable KafkaCluster source;
    private @Nullable KafkaCluster target;

    /**
     * A run that has not begun.
     *
     * @param home the project's root folder, where the class paths of brokers and worker were built
     */
    public Demo(Path home, DemoOptions options, Surroundings surroundings) {
        this.home = home.toAbsolutePath().normalize();
        this.options = options;
        this.surroundings = surroundings;
    }

    /** The source's bootstrap servers, once its broker runs. */
    public String source() {
        return started(source).bootstrapServers();
    }

    /** The target's bootstrap servers, once its broker runs. */
    public String target() {
        return started(target).bootstrapServers();
    }

    /** The execution's history, once it has ended. */
    public List<HistoryEvent> history() {
        return history;
    }

    private static KafkaCluster started(@Nullable KafkaCluster cluster) {
        if (cluster == null) {
            throw new IllegalStateException("the demo's brokers are not running yet");
        }
        return cluster;
    }

    @Override
    public ProgressSnapshot snapshot() {
        MigrationRun current = run;
        return current == null
                ? ProgressView.before(MIGRATION, preparation)
                : new ProgressView(current, surroundings.clock()).snapshot(waiting);
    }

    /**
     * Runs it to its end; the brokers stay until {@link #close}.
     *
     * @throws OperatorActionNeeded or another of its kind when the migration did not come to its end
     */
    public DemoSummary run(DemoOperator operator) throws InterruptedException {
        RunFolder folder = RunFolder.claim(options.directory().toAbsolutePath());
        preparation = "starting ZooKeeper, a Kafka 3.9 broker and a KRaft Kafka 4.3 broker";
        startClusters(folder);
        preparation = "filling the source";
        DemoScale scale = new DemoScale(
                (long) (STANDARD_BYTES * options.scale()), DemoScale.standard().seed());
        DemoContents contents = DemoData.fill(source(), scale, surroundings.clock());
        preparation = "starting live clients";
        LiveProducer producer = opened(LiveProducer.start(source(), LiveProducer.TOPIC, LIVE_RECORDS_PER_SECOND));
        LiveConsumer consumer = opened(new LiveConsumer(LiveProducer.TOPIC, LiveConsumer.GROUP));
        consumer.join(source());
        Path configuration = configure(folder, producer);
        MigrationRun opening = opened(open(configuration));
        LocalMachine machine = opened(LocalMachine.start(
                surroundings,
                new LocalWorkers(
                        WorkerClasspath.below(home),
                        WorkerOptions.below(home, WORKER_HEAP),
                        folder.resolve("workers"))));
        ExecutionArn execution = machine.migrate(LocalMachine.reference(MIGRATION, configuration), "demo");
        writeEndpoint(folder.resolve("endpoint.json"), machine, execution, configuration);
        run = opening;
        ExecutionDescription end = attend(machine, execution, operator, consumer);
        history = machine.server().history(execution);
        producer.freeze();
        awaitNothingMissing(consumer, producer);
        return new SummaryView(opening, contents).summary(end, producer.acknowledged(), consumer);
    }

    private Path configure(RunFolder folder, LiveProducer producer) {
        String secret = Long.toHexString(surroundings.random().nextLong());
        FreezeWebhook webhook = opened(FreezeWebhook.start(secret, FreezeWebhook.Application.of(producer)));
        Path configuration = folder.resolve("migration.yaml");
        DemoConfiguration.write(
                configuration,
                new DemoConfiguration.Clusters(source(), target()),
                new DemoConfiguration.Stores(folder.resolve("backup"), folder.resolve("evidence")),
                new DemoConfiguration.Webhook(webhook.url(), secret));
        return configuration;
    }

    private void startClusters(RunFolder folder) {
        CompletableFuture<KafkaCluster> starting =
                CompletableFuture.supplyAsync(() -> opened(ZooKeeperModeCluster.start(
                        ClusterSettings.in(folder.resolve("source")).withBrokerProperties(MESSAGE_SIZES))));
        target = opened(
                KraftCluster.start(ClusterSettings.in(folder.resolve("target")).withBrokerProperties(MESSAGE_SIZES)));
        source = starting.join();
    }

    private MigrationRun open(Path configuration) {
        try {
            ReadConfig read = new ConfigReader(surroundings.environment(), SecretSource.NONE)
                    .read(configuration.toString(), Files.readAllBytes(configuration));
            return new MigrationRun(MIGRATION, read, surroundings);
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's configuration cannot be read back", e);
        }
    }

    /** Where {@code approve}, {@code ack} and {@code status} in another terminal find this run. */
    private static void writeEndpoint(Path file, LocalMachine machine, ExecutionArn execution, Path configuration) {
        Map<String, String> endpoint = new TreeMap<>();
        endpoint.put("endpoint", machine.endpoint().toString());
        endpoint.put("execution", execution.toString());
        endpoint.put("state_machine", machine.machine().toString());
        endpoint.put("config", configuration.toString());
        endpoint.put("migration", MIGRATION.value());
        try {
            Files.write(file, Documents.write(endpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** Answers at the gates until the execution has ended. */
    private ExecutionDescription attend(
            LocalMachine machine, ExecutionArn execution, DemoOperator operator, LiveConsumer consumer)
            throws InterruptedException {
        Map<Gate, Instant> answered = new EnumMap<>(Gate.class);
        boolean switched = false;
        while (machine.server().describe(execution).status() == ExecutionStatus.RUNNING) {
            for (Gate gate : Gate.values()) {
                String state = stateOf(gate);
                Optional<OpenedGate> open = openedGate(gate).filter(there -> machine.isIn(state));
                if (open.isEmpty() || open.get().openedAt().equals(answered.get(gate))) {
                    continue;
                }
                if (gate == Gate.CLIENT_SWITCH && !switched) {
                    switchClients(consumer);
                    switched = true;
                }
                waiting = open.get();
                operator.decide(open.get(), () -> machine.isIn(state))
                        .ifPresent(decision -> send(machine, open.get(), decision));
                waiting = null;
                answered.put(gate, open.get().openedAt());
            }
            surroundings.sleeper().sleep(PAUSE);
        }
        ExecutionDescription end = machine.server().describe(execution);
        Optional<ExecutionArn> next = Successor.of(end, java.util.Objects.requireNonNull(run));
        return next.isPresent() ? attend(machine, next.get(), operator, consumer) : end;
    }

    private static String stateOf(Gate gate) {
        return switch (gate) {
            case CUTOVER -> "AwaitCutoverApproval";
            case PRODUCER_FREEZE -> "AwaitProducerFreeze";
            case CLIENT_SWITCH -> "AwaitClientSwitch";
        };
    }

    private Optional<OpenedGate> openedGate(Gate gate) {
        MigrationRun current = java.util.Objects.requireNonNull(run);
        return current.find(current.objects().gate(gate.objectName()), OpenedGate.class);
    }

    private void send(LocalMachine machine, OpenedGate gate, Decision decision) {
        String approver = System.getProperty("user.name") + "@localhost";
        GateDecision answer = new GateDecision(decision, approver, "", gate.plan(), gate.report());
        machine.server().sendTaskSuccess(new TaskToken(gate.token()), Documents.tree(answer));
    }

    /** Stops the consumer on the source, waits until its position was carried over, and starts it on the target. */
    private void switchClients(LiveConsumer consumer) throws InterruptedException {
        consumer.leave();
        Instant left = surroundings.clock().instant();
        MigrationRun current = java.util.Objects.requireNonNull(run);
        ObjectKey resync = current.objects().result("resync");
        await(
                "the live consumer's position to be carried over",
                () -> current.find(resync, ResyncReport.class)
                        .filter(report -> report.lastRoundAt().isAfter(left))
                        .isPresent());
        consumer.join(target());
    }

    private void awaitNothingMissing(LiveConsumer consumer, LiveProducer producer) throws InterruptedException {
        Instant deadline = surroundings.clock().instant().plus(CLIENT_SWITCH_PATIENCE);
        while (consumer.missing(producer.acknowledged()) > 0
                && surroundings.clock().instant().isBefore(deadline)) {
            surroundings.sleeper().sleep(PAUSE);
        }
    }

    private void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        Instant deadline = surroundings.clock().instant().plus(CLIENT_SWITCH_PATIENCE);
        while (!condition.getAsBoolean()) {
            if (surroundings.clock().instant().isAfter(deadline)) {
                throw new IllegalStateException(
                        "waited " + CLIENT_SWITCH_PATIENCE.toSeconds() + " s in vain for " + what);
            }
            surroundings.sleeper().sleep(PAUSE);
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable resource = opened.pop();
            try {
                resource.close();
            } catch (Exception e) {
                // What cannot be closed ends with this process; the others are still to be closed.
                org.slf4j.LoggerFactory.getLogger(Demo.class).warn("A part of the demo did not close", e);
            }
        }
    }
}
