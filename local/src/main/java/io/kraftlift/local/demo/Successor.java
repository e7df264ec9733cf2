package io.kraftlift.local.demo;

import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The execution that takes the migration over from one that was stopped for it, as {@code kraftlift rollback} does. */
final class Successor {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Successor() {}

    /**
     * Waits for it.
     *
     * @param ended an execution that has ended
     * @return empty when it was not stopped for another, or none came within a minute
     */
    static Optional<ExecutionArn> of(ExecutionDescription ended, MigrationRun run) throws InterruptedException {
        if (ended.status() != ExecutionStatus.ABORTED || !"RolledBack".equals(ended.error())) {
            return Optional.empty();
        }
        Instant deadline = run.surroundings().clock().instant().plus(PATIENCE);
        while (run.surroundings().clock().instant().isBefore(deadline)) {
            Optional<String> owner = new LeaseObject(run)
                    .find()
                    .map(MigrationLease::owner)
                    .filter(other -> !other.equals(ended.arn().toString()));
            if (owner.isPresent()) {
                return owner.map(ExecutionArn::parse);
            }
            run.surroundings().sleeper().sleep(PAUSE);
        }
        return Optional.empty();
    }
}
