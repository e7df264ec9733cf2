package io.kraftlift.lambdas.plan;

import io.kraftlift.access.cutover.CutoverProgress;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.plan.Artifact;
import io.kraftlift.access.plan.Artifacts;
import io.kraftlift.access.plan.MskSurvey;
import io.kraftlift.access.plan.PlanSurvey;
import io.kraftlift.access.plan.PriceLists;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.topology.AccessDocuments;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.MigrationPlanner;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.plan.Planned;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.statemachine.payloads.PlanResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Reads both clusters and writes {@code plan/source.json}, {@code plan/target.json}, what a person has to do for the
 * clients' access, the plan's artifacts (of which {@code plan/plan.json} is one) and, last, {@code plan/lanes.json}. Once
 * anything was made on the target, plan and lanes stay as they are: the lanes' logs depend on them.
 */
public final class PlanMigration {
    /** What Kafka's own clients wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MigrationRun run;

    public PlanMigration(MigrationRun run) {
        this.run = run;
    }

    /** Plans; after the cutover's commit what was planned is only read, since the clusters are not as they were. */
    public PlanResult plan() throws InterruptedException {
        if (CutoverProgress.of(run) != CutoverProgress.NOT_COMMITTED) {
            return kept();
        }
        // Ids before the inventory: a topic that is made anew in between is then told by its id.
        Map<TopicName, TopicId> ids = new SelectedTopics(
                        new AdminCalls(ClusterSide.SOURCE).connect(run::source),
                        run.config().topics())
                .ids(List.of(), PATIENCE);
        PlanInput input = new PlanSurvey(run.config(), run.surroundings(), MskSurvey.of(run.surroundings()))
                .read(run::source, run::target);
        run.write(run.objects().plan("source.json"), input.source());
        run.write(run.objects().plan("target.json"), input.target());
        new AccessDocuments(run).write(input.source());
        PlanResult result = hasBegun() ? kept() : made(input, ids);
        run.journal()
                .append(
                        Phase.PLANNED,
                        "plan written",
                        Map.of(
                                "topics", Integer.toString(result.topics()),
                                "partitions", Integer.toString(result.partitions()),
                                "bytes", Long.toString(result.estimatedBytes()),
                                "lanes", Integer.toString(result.lanes().size()),
                                "sha256", result.plan().sha256().hex()));
        return result;
    }

    private PlanResult made(PlanInput input, Map<TopicName, TopicId> ids) {
        Planned planned = new MigrationPlanner(run.migration(), run.config(), run.fingerprint()).plan(input);
        Artifacts.of(planned.plan(), run.readConfig(), input, PriceLists.ours())
                .files()
                .forEach(this::write);
        ObjectReference plan = run.write(planKey(), planned.plan());
        LanePlans lanes = planned.lanes().identified(ids);
        run.write(lanesKey(), lanes);
        return result(plan, planned.plan(), lanes);
    }

    private PlanResult kept() {
        MigrationPlan plan = run.read(planKey(), MigrationPlan.class);
        // Written by this mapper, so written again it is the same bytes.
        ObjectReference reference =
                new ObjectReference(run.backup().root().resolve(planKey().value()), Sha256.of(Documents.write(plan)));
        return result(reference, plan, run.read(lanesKey(), LanePlans.class));
    }

    private static PlanResult result(ObjectReference reference, MigrationPlan plan, LanePlans lanes) {
        List<Integer> numbers =
                lanes.lanes().stream().map(lane -> lane.lane().number()).toList();
        return new PlanResult(
                reference,
                numbers,
                plan.totals().topics(),
                plan.totals().partitions(),
                plan.totals().estimatedSeedBytes());
    }

    private boolean hasBegun() {
        return run.find(run.objects().result("topology"), TopologyLedger.class).isPresent();
    }

    private void write(Artifact artifact, byte[] content) {
        run.backup().put(run.objects().plan(artifact.fileName()), ByteBuffer.wrap(content));
    }

    private ObjectKey planKey() {
        return run.objects().plan("plan.json");
    }

    private ObjectKey lanesKey() {
        return run.objects().plan("lanes.json");
    }
}
