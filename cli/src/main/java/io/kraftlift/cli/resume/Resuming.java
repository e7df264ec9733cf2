package io.kraftlift.cli.resume;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.SettingChange;
import io.kraftlift.access.config.SettingChanges;
import io.kraftlift.access.cutover.CutoverProgress;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.cli.runs.StepFunctions.ExecutionState;
import io.kraftlift.cli.takeover.Takeover;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.statemachine.Mode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One migration that is to go on. What is decided here is decided again, for good, when the next execution claims it. */
final class Resuming {
    private final MigrationRun run;
    private final StepFunctions functions;
    private final String who;
    private final Takeover takeover;
    private final MigrationLease lease;
    private final Optional<ExecutionState> owner;
    private final Optional<byte[]> yaml;
    private final List<SettingChange> changes;

    /**
     * Looks at the migration.
     *
     * @param yaml the configuration file that it is to go on with; empty for the one that it has
     */
    Resuming(FoundRun found, StepFunctions functions, Surroundings surroundings, String who, Optional<byte[]> yaml) {
        this.run = found.run();
        this.functions = functions;
        this.who = who;
        this.yaml = yaml;
        this.takeover = new Takeover(found, functions, surroundings);
        this.lease = takeover.lease();
        this.owner = takeover.owner(lease);
        this.changes = SettingChanges.between(lease.settings(), settings());
    }

    /**
     * What was done.
     *
     * @param how "redriven" or "started"
     * @param why a new execution was started; empty otherwise
     */
    record Outcome(String execution, String how, String why) {}

    /** What the configuration has otherwise than the execution that has ended. */
    List<SettingChange> changes() {
        return changes;
    }

    /** @throws OperatorActionNeeded when an execution runs, or there is nothing to go on with */
    void requireResumable() {
        requireEnded();
        if (lease.rolledBack()) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_ROLLED_BACK,
                    "migration " + run.migration() + " was rolled back by " + lease.owner()
                            + "; begin it anew with --force-restart, which deletes what it made on the target, or begin"
                            + " another migration under a new id");
        }
        if (owner.filter(state -> state.status().equals("SUCCEEDED")).isPresent()) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_OWNED_BY_ANOTHER_RUN,
                    "migration " + run.migration() + " was finished by " + lease.owner()
                            + "; look for its evidence with kraftlift status");
        }
    }

    /** @throws OperatorActionNeeded when an execution runs, or the cutover was committed */
    void requireRestartable() {
        requireEnded();
        CutoverProgress.requireNotCommitted(run, "kraftlift resume --force-restart");
    }

    /** @throws OperatorActionNeeded CONFIGURATION_CHANGED when something was made that the changed settings do not fit */
    void requireFitting() {
        List<SettingChange> refused =
                changes.stream().filter(SettingChange::isRefused).toList();
        boolean begun = run.backup().get(run.objects().result("topology")).isPresent();
        if (begun && !lease.clearing() && !refused.isEmpty()) {
            throw new OperatorActionNeeded(
                    FailureName.CONFIGURATION_CHANGED,
                    "migration " + run.migration() + " was begun with other settings: "
                            + refused.stream().map(SettingChange::toString).collect(Collectors.joining("; "))
                            + "; give it the file that it was begun with, or begin it anew with --force-restart");
        }
    }

    /** Redrives the execution, or starts the next where that cannot be. */
    Outcome resume() {
        if (owner.isEmpty()) {
            return takeOver("the execution " + lease.owner() + " is gone");
        }
        if (!configuration().equals(lease.config())) {
            return takeOver("the configuration file is another one than the execution's");
        }
        return functions
                .redriveExecution(lease.owner())
                .map(refusal -> takeOver("the execution cannot be redriven (" + refusal + ")"))
                .orElseGet(() -> new Outcome(lease.owner(), "redriven", ""));
    }

    Outcome takeOver(String why) {
        return started(Mode.MIGRATE, why);
    }

    Outcome restart() {
        return started(Mode.RESTART, "it begins anew");
    }

    private Outcome started(Mode mode, String why) {
        if (handedOver().isPresent()) {
            yaml.ifPresent(takeover::handOver);
        }
        String execution = takeover.start(lease, configuration(), mode, "resumed by " + who + ", because " + why);
        return new Outcome(execution, "started", why);
    }

    private void requireEnded() {
        if (Takeover.isUnderWay(owner)) {
            throw new OperatorActionNeeded(
                    FailureName.MIGRATION_OWNED_BY_ANOTHER_RUN,
                    "migration " + run.migration() + ": its execution " + lease.owner() + " must have ended, is "
                            + owner.map(ExecutionState::status).orElse("gone")
                            + "; look at kraftlift status, or give it up with kraftlift rollback");
        }
    }

    /** Where the configuration file is put that it goes on with; empty when it is the one that it has. */
    Optional<URI> handedOver() {
        return Optional.of(configuration())
                .filter(reference -> !reference.equals(lease.config()))
                .map(ObjectReference::uri);
    }

    private ObjectReference configuration() {
        return yaml.map(file -> takeover.configuration(lease, file)).orElse(lease.config());
    }

    private JsonNode settings() {
        try {
            return Documents.mapper().readTree(run.redactedConfig());
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(FailureName.DEFECT, "the redacted configuration must be JSON, was not", e);
        }
    }
}
