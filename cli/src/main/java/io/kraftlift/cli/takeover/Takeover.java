package io.kraftlift.cli.takeover;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.RunReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A migration that an execution has, and the next execution of it. */
public final class Takeover {
    private static final Set<String> UNDER_WAY = Set.of("RUNNING", "PENDING_REDRIVE");
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** A worker has 20 seconds, a task of Fargate 120, a function 15 minutes, which nobody waits for here. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final MigrationRun run;
    private final Optional<String> alias;
    private final StepFunctions functions;
    private final Surroundings surroundings;

    public Takeover(FoundRun found, StepFunctions functions, Surroundings surroundings) {
        this.run = found.run();
        this.alias = found.deployment().map(Deployment::stateMachine);
        this.functions = functions;
        this.surroundings = surroundings;
    }

    /**
     * Who has the migration.
     *
     * @throws CommandFailure NOTHING_THERE when no execution has had it
     */
    public MigrationLease lease() {
        return new LeaseObject(run)
                .find()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.NOTHING_THERE,
                        "migration " + run.migration() + ": must have been begun, was not (no "
                                + run.backup().root() + run.objects().lease()
                                + "); nothing is to be done, look at --config and --migration"));
    }

    /** How the execution is doing that has the migration; empty where nobody knows it any more. */
    public Optional<ExecutionState> owner(MigrationLease lease) {
        return functions.describe(lease.owner());
    }

    public static boolean isUnderWay(Optional<ExecutionState> execution) {
        return execution.filter(state -> UNDER_WAY.contains(state.status())).isPresent();
    }

    /**
     * Waits until an execution has ended.
     *
     * @throws CommandFailure TRY_AGAIN when it does not within ten minutes
     */
    public ExecutionState awaitEnd(String execution) throws InterruptedException {
        return awaitEnd(execution, PATIENCE)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.TRY_AGAIN,
                        "the execution " + execution + " must end within " + PATIENCE.toMinutes()
                                + " minutes, did not; look at kraftlift status, and run this command again"));
    }

    /** The same with a limit, empty when that has passed. */
    public Optional<ExecutionState> awaitEnd(String execution, Duration limit) throws InterruptedException {
        Instant deadline = surroundings.clock().instant().plus(limit);
        while (true) {
            Optional<ExecutionState> state = functions.describe(execution);
            if (!isUnderWay(state)) {
                return Optional.of(state.orElseThrow(() -> new CommandFailure(
                        ExitCode.NOTHING_THERE, "the execution " + execution + " must exist, does not")));
            }
            if (!surroundings.clock().instant().isBefore(deadline)) {
                return Optional.empty();
            }
            surroundings.sleeper().sleep(PAUSE);
        }
    }

    /** A reference to the owner's configuration file, or to another one, as it is when that is handed over. */
    public ObjectReference configuration(MigrationLease lease, byte[] yaml) {
        Sha256 digest = Sha256.of(yaml);
        return digest.equals(lease.config().sha256())
                ? lease.config()
                : new ObjectReference(
                        run.backup()
                                .root()
                                .resolve(run.objects().configuration(digest).value()),
                        digest);
    }

    /** Puts a configuration file into the backup store. */
    public void handOver(byte[] yaml) {
        ObjectKey key = run.objects().configuration(Sha256.of(yaml));
        boolean unused = run.backup().putIfAbsent(key, ByteBuffer.wrap(yaml));
    }

    /**
     * Starts the next execution: by a deployment's alias, elsewhere on the machine of the owner's.
     *
     * @param reason who wants it and why, for the journal
     * @return its ARN
     */
    public String start(MigrationLease lease, ObjectReference config, Mode mode, String reason) {
        ObjectNode input = Documents.mapper().createObjectNode();
        input.set("run", Documents.tree(new RunReference(run.migration(), config)));
        input.put("mode", mode.name());
        input.put("reason", reason);
        String name = run.migration() + "-" + mode.name().toLowerCase(Locale.ROOT) + "-"
                + SECONDS.format(surroundings.clock().instant().atOffset(ZoneOffset.UTC));
        return functions.startExecution(alias.orElseGet(() -> machineOf(lease.owner())), name, input.toString());
    }

    /** {@code arn:aws:states:REGION:ACCOUNT:execution:MACHINE:NAME} is of {@code …:stateMachine:MACHINE}. */
    private static String machineOf(String execution) {
        return execution.substring(0, execution.lastIndexOf(':')).replace(":execution:", ":stateMachine:");
    }
}
