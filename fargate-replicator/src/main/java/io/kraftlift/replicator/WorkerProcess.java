package io.kraftlift.replicator;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.StoredConfigurations;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.plans.StoredLanes;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.access.stores.ObjectStores;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker from its environment to its exit status. */
final class WorkerProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerProcess.class);

    /** Less than the 20 seconds that a worker is given after SIGTERM. */
    private static final long END_SECONDS = 18;

    private final Surroundings surroundings;
    private final PrintStream errors;

    WorkerProcess(Surroundings surroundings, PrintStream errors) {
        this.surroundings = surroundings;
        this.errors = errors;
    }

    /** Runs to the end; never throws. The last line that it prints is the failure's. */
    ExitStatus run() {
        CountDownLatch ended = new CountDownLatch(1);
        try {
            LaneWork work = work();
            if (work.mode() == ReplicationMode.DIGEST) {
                new LaneVerification(work, Runtime.getRuntime().availableProcessors()).run();
            } else {
                LaneReplication replication = new LaneReplication(work);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(replication, ended), "lane-shutdown"));
                replication.run();
            }
            return ExitStatus.DONE;
        } catch (Throwable failure) { // whatever it is, the process says so and ends
            LOG.atError().setCause(failure).log("worker failed");
            errors.println(oneLine(failure));
            return ExitStatus.of(failure);
        } finally {
            ended.countDown();
        }
    }

    private static void endInOrder(LaneReplication replication, CountDownLatch ended) {
        replication.shutDown();
        try {
            if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.atWarn().log("worker did not end in time; its lane is resumed from the log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.replaceAll("\\s*\\R\\s*", "; ");
    }

    private LaneWork work() {
        RunReference run = Documents.read(
                variable(WorkerEnvironment.RUN).getBytes(StandardCharsets.UTF_8),
                RunReference.class,
                WorkerEnvironment.RUN);
        MigrationConfig config = configOf(run.config());
        ObjectStore store = ObjectStores.open(config.backup());
        MigrationObjects objects = new MigrationObjects(run.migration(), run.restartOrFirst());
        Long generation = run.generation();
        if (generation != null) {
            new StoreAttempts(surroundings).run(() -> {
                new LeaseObject(store, objects).require(generation);
                return generation;
            });
        }
        return new LaneWork(
                planOf(lane(), store, objects),
                mode(),
                UUID.randomUUID(),
                config,
                store,
                objects,
                surroundings,
                EngineSettings.usual());
    }

    private MigrationConfig configOf(ObjectReference reference) {
        return new StoredConfigurations(
                        new ConfigReader(surroundings.environment(), SecretsManagerSource.byDefaultChains()))
                .read(reference)
                .config();
    }

    /** @throws InvariantBroken OBJECT_DAMAGED when the planned lanes are not as they were written, or lack the lane */
    LanePlan planOf(LaneId lane, ObjectStore store, MigrationObjects objects) {
        ObjectKey key = objects.plan("lanes.json");
        Optional<LanePlan> plan = new StoreAttempts(surroundings)
                .run(() -> new StoredLanes(store, objects).find())
                .flatMap(lanes -> lanes.plans().of(lane));
        return plan.orElseThrow(() ->
                new InvariantBroken(FailureName.OBJECT_DAMAGED, store.root() + key.value() + " has no lane " + lane));
    }

    private LaneId lane() {
        String text = variable(WorkerEnvironment.LANE);
        try {
            return new LaneId(Integer.parseInt(text));
        } catch (IllegalArgumentException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    WorkerEnvironment.LANE + ": must be a lane's number, was \"" + text + "\"; set it",
                    e);
        }
    }

    private ReplicationMode mode() {
        String text = variable(WorkerEnvironment.MODE);
        try {
            return ReplicationMode.valueOf(text);
        } catch (IllegalArgumentException e) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    WorkerEnvironment.MODE + ": must be SEED, TAIL or DIGEST, was \"" + text + "\"; set it",
                    e);
        }
    }

    private String variable(String name) {
        @Nullable String value = surroundings.environment().get(name);
        if (value == null || value.isBlank()) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_WRONG,
                    "environment: " + name + " must be set; a worker is started by the state machine");
        }
        return value;
    }
}
