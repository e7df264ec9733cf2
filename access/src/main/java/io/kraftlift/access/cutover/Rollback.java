package io.kraftlift.access.cutover;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.report.EvidenceStore;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Ends a migration before its commit, from every state: producers go on, the tail stops, the target is left for a person to
 * clean up. In this order: the freeze is moved out of reach of a commit, the workers are told to stop, the account is stored
 * and locked, the lease says so, the journal says so. Done again, it does what is left.
 */
public final class Rollback {
    private final MigrationRun run;

    public Rollback(MigrationRun run) {
        this.run = run;
    }

    /**
     * The account of a rollback, {@code rollback.json} in the evidence store.
     *
     * @param format 2; 1 had neither owner nor holds, and was never released
     * @param owner the execution that rolled back
     * @param released whether this let producers go on
     * @param topicsCreated topics of the target that this migration created
     * @param holds what is held on topics of the target that were there before, {@code topic key=value} each
     * @param cleanUpScript for a shell with Kafka's command line tools; it removes those topics and ends those holds, and is
     *     run by a person
     */
    public record Report(
            int format,
            MigrationId migration,
            Instant at,
            String owner,
            boolean released,
            Map<String, String> cause,
            List<String> topicsCreated,
            List<String> holds,
            String cleanUpScript) {
        static final int FORMAT = 2;
    }

    /**
     * Rolls back.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded COMMIT_ALREADY_MADE after the cutover, FREEZE_REFUSED when the
     *     producers' side does not answer; then producers may still be frozen, and nothing else was done but that the tail
     *     stops
     */
    public StepReport rollBack(Cause cause) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        boolean released = MigrationHalt.of(run, "rolling back");
        LeaseObject lease = new LeaseObject(run);
        String owner = lease.find().map(MigrationLease::owner).orElse("none");
        ObjectReference account = stored(report(watch.now(), owner, released, cause));
        lease.find().ifPresent(present -> lease.change(present.generation(), MigrationLease::asRolledBack));
        run.journal().append(Phase.ROLLED_BACK, "rollback", cause.facts());
        return new StepReport(account, watch.millis());
    }

    private Report report(Instant now, String owner, boolean released, Cause cause) {
        TopologyLedger ledger =
                run.find(run.objects().result("topology"), TopologyLedger.class).orElseGet(TopologyLedger::empty);
        CleanUpScript script = new CleanUpScript(run.migration().value(), servers(), ledger);
        return new Report(
                Report.FORMAT,
                run.migration(),
                now,
                owner,
                released,
                cause.facts(),
                ledger.created().stream().map(TopicName::value).toList(),
                script.holds(),
                script.text());
    }

    /** Writes the account; of a rollback that is done again, the first one stays. */
    private ObjectReference stored(Report report) {
        ObjectKey key = run.objects().rollback();
        byte[] json = Documents.write(report);
        if (!new EvidenceStore(run).putIfAbsent(key, json)) {
            json = run.evidence().get(key).orElseThrow().content();
        }
        return new ObjectReference(run.evidence().root().resolve(key.value()), Sha256.of(json));
    }

    private String servers() {
        return run.config().target().location() instanceof ClusterLocation.Bootstrap bootstrap
                ? bootstrap.servers()
                : "TARGET_BOOTSTRAP_SERVERS";
    }
}
