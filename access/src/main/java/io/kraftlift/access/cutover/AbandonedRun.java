package io.kraftlift.access.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.migration.Phase;
import java.util.Map;

/**
 * What is left when an execution ended without its own doing: it failed, timed out, or was stopped. Producers are let go on
 * unless the cutover was committed, and what the tail was asked to drain to is lifted, so that a redrive finds a tail that runs.
 * The workers themselves ended with the execution. Doing it twice does no harm.
 */
public final class AbandonedRun {
    private final MigrationRun run;

    public AbandonedRun(MigrationRun run) {
        this.run = run;
    }

    /**
     * What was done.
     *
     * @param responsible whether the execution had the migration; if not, nothing was done
     * @param unfrozen whether producers were let go on
     */
    public record Outcome(boolean responsible, boolean unfrozen) {}

    /**
     * Secures what an execution left.
     *
     * @param execution its ARN; an execution that never got the migration's lease must not disturb the one that has it
     * @param status FAILED, TIMED_OUT or ABORTED
     */
    public Outcome secure(String execution, String status) throws InterruptedException {
        if (!owns(execution)) {
            return new Outcome(false, false);
        }
        boolean committed =
                new FreezeObject(run).find().filter(Freeze::isCommitted).isPresent();
        boolean unfrozen = false;
        if (!committed) {
            try {
                unfrozen = new ProducerRelease(run).releaseOrTell();
            } finally {
                new ControlObject(run).runOn();
                DrainWatch.startOver(run);
            }
        }
        // Somebody may have taken the migration over meanwhile: then the journal is about that execution.
        if (owns(execution)) {
            run.journal().append(Phase.FAILED, "execution ended", Map.of("status", status, "execution", execution));
        }
        return new Outcome(true, unfrozen);
    }

    private boolean owns(String execution) {
        return run.find(run.objects().lease(), JsonNode.class)
                .map(lease -> lease.path("owner").asText())
                .filter(execution::equals)
                .isPresent();
    }
}
