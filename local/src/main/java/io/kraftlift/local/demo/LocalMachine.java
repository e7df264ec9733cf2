package io.kraftlift.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.StoredConfigurations;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.secrets.SecretsManagerSource;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.local.functions.HandlerDecorator;
import io.kraftlift.local.functions.LocalFunctions;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import io.kraftlift.local.states.StateMachineArn;
import io.kraftlift.local.states.StatesServer;
import io.kraftlift.local.states.StatesServiceException;
import io.kraftlift.local.states.TaskFailedException;
import io.kraftlift.local.workers.LocalWorkers;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.Substitution;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The deployment, on this machine: the migration's state machine and those it starts behind Step Functions' protocol, with the
 * real handlers and forked workers as their tasks, and SafetyNet listening to how executions end.
 */
public final class LocalMachine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalMachine.class);
    private static final String MIGRATION = "kraftlift-migration";
    private static final String DRAIN_POLLER = "kraftlift-drain-poller";
    private static final String FREEZE_GUARD = "kraftlift-freeze-guard";

    private final StatesServer server;
    private final LocalFunctions functions;
    private final LocalWorkers workers;
    private final ActiveStates active;
    private final StateMachineArn machine;

    private LocalMachine(Surroundings surroundings, LocalWorkers workers, HandlerDecorator decorator)
            throws IOException {
        StoredConfigurations configurations = new StoredConfigurations(
                new ConfigReader(surroundings.environment(), SecretsManagerSource.byDefaultChains()));
        this.workers = workers;
        this.functions = LocalFunctions.all(surroundings, configurations::read, this::statusOf, decorator);
        this.active = new ActiveStates(MIGRATION, this::caught);
        this.server = StatesServer.builder()
                .clock(surroundings.clock())
                .integration("arn:aws:states:::lambda:invoke", functions)
                .integration("arn:aws:states:::ecs:runTask.sync", workers)
                .listener(active)
                .start();
        StateMachineArn poller = server.create(DRAIN_POLLER, definition(DefinitionFile.DRAIN_POLLER, Map.of()));
        StateMachineArn guard = server.create(FREEZE_GUARD, definition(DefinitionFile.FREEZE_GUARD, Map.of()));
        this.machine = server.create(
                MIGRATION,
                definition(
                        DefinitionFile.MIGRATION,
                        Map.of(
                                Substitution.DRAIN_POLLER.key(), poller.toString(),
                                Substitution.FREEZE_GUARD.key(), guard.toString())));
    }

    /**
     * Starts it on a free loopback port.
     *
     * @param workers what runs for {@code ecs:runTask.sync}
     */
    public static LocalMachine start(Surroundings surroundings, LocalWorkers workers) {
        return start(surroundings, workers, HandlerDecorator.NONE);
    }

    /** Like the other, with handlers as the decorator has them. */
    public static LocalMachine start(Surroundings surroundings, LocalWorkers workers, HandlerDecorator decorator) {
        try {
            return new LocalMachine(surroundings, workers, decorator);
        } catch (IOException e) {
            throw new UncheckedIOException("Step Functions' protocol cannot be served on loopback", e);
        }
    }

    private static JsonNode definition(DefinitionFile file, Map<String, String> more) {
        Map<String, String> substitutions = new HashMap<>(more);
        for (FunctionName function : FunctionName.values()) {
            substitutions.put(function.substitution(), LocalFunctions.arnOf(function));
        }
        substitutions.put(Substitution.WORKER_CLUSTER.key(), "kraftlift");
        substitutions.put(Substitution.WORKER_TASK_DEFINITION.key(), "kraftlift-replicator:1");
        substitutions.put(Substitution.WORKER_SUBNETS.key(), "loopback");
        substitutions.put(Substitution.WORKER_SECURITY_GROUPS.key(), "none");
        try {
            return Documents.mapper().readTree(file.bind(substitutions));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " is not JSON", e);
        }
    }

    /** Where the AWS SDK and the AWS CLI find it. */
    public URI endpoint() {
        return server.endpoint();
    }

    /** The interpreter itself. */
    public StatesServer server() {
        return server;
    }

    public StateMachineArn machine() {
        return machine;
    }

    public LocalWorkers workers() {
        return workers;
    }

    /** Whether an execution of the migration is in a state of that name now. */
    public boolean isIn(String state) {
        return active.contains(state);
    }

    /** The reference by which a run names its configuration file. */
    public static RunReference reference(MigrationId migration, Path configuration) {
        try {
            Sha256 digest = Sha256.of(Files.readAllBytes(configuration));
            return new RunReference(
                    migration,
                    new ObjectReference(configuration.toAbsolutePath().toUri(), digest));
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration " + configuration + " cannot be read", e);
        }
    }

    /** Starts a migration. */
    public ExecutionArn migrate(RunReference run, String executionName) {
        return start(run, Mode.MIGRATE, executionName);
    }

    /** Starts an execution for whatever. */
    public ExecutionArn start(RunReference run, Mode mode, String executionName) {
        ObjectNode input = Documents.mapper().createObjectNode();
        input.set("run", Documents.tree(run));
        input.put("mode", mode.name());
        return server.start(machine, executionName, input);
    }

    private Optional<String> statusOf(String execution) {
        try {
            return Optional.of(
                    server.describe(ExecutionArn.parse(execution)).status().name());
        } catch (StatesServiceException e) {
            return Optional.empty();
        }
    }

    /** As the rule on FAILED, TIMED_OUT and ABORTED does in the deployment. */
    private void caught(ExecutionDescription execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return;
        }
        SafetyNetRequest event = new SafetyNetRequest(new SafetyNetRequest.Detail(
                execution.arn().toString(),
                execution.status().name(),
                execution.input().toString()));
        try {
            functions.invoke(FunctionName.SAFETY_NET, event);
        } catch (TaskFailedException e) {
            LOG.error("SafetyNet failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.close();
        workers.running().forEach(worker -> worker.close());
    }
}
