package io.kraftlift.lambdas.copytopology;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.TopologyExecutor;
import io.kraftlift.access.kafka.Waiting;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.topology.TargetPolicies;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyPlan;
import io.kraftlift.core.topology.TopologyPlanner;
import io.kraftlift.statemachine.payloads.TopologyResult;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Brings topics, ACLs and quotas of the plan to the target, with the holds on. The ledger, {@code
 * results/topology.json}, is written before the first change. Copying again changes nothing, but for what is not as the
 * ledger has it.
 */
public final class CopyTopology {
    private final MigrationRun run;

    public CopyTopology(MigrationRun run) {
        this.run = run;
    }

    /**
     * Copies.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded TOPOLOGY_CONFLICT when something stands in the way,
     *     ACCESS_DENIED when a right is missing
     */
    public TopologyResult copy() throws InterruptedException {
        run.journal().append(Phase.TOPOLOGY_COPY, "topology_copy", Map.of());
        Waiting waiting = run.surroundings().sleeper()::sleep;
        Admin admin = new AdminCalls(ClusterSide.TARGET).connect(run::target);
        ClusterInventory source = run.read(run.objects().plan("source.json"), ClusterInventory.class);
        ClusterInventory target = new InventoryReader(admin, ClusterSide.TARGET, waiting).read();
        List<TopicName> topics = run.read(run.objects().plan("plan.json"), MigrationPlan.class).topics().stream()
                .map(topic -> topic.design().name())
                .toList();
        ObjectKey key = run.objects().result("topology");
        TopologyPlan plan = new TopologyPlanner(source, target, TargetPolicies.of(run.config()))
                .plan(topics, run.find(key, TopologyLedger.class).orElseGet(TopologyLedger::empty));

        ObjectReference report = run.write(key, plan.ledger());
        new TopologyExecutor(admin, waiting).execute(plan.steps());

        TopologyLedger ledger = plan.ledger();
        TopologyResult result = new TopologyResult(
                report,
                ledger.created().size(),
                ledger.aclsCreated().size(),
                ledger.quotasSet().size());
        run.journal()
                .append(
                        Phase.TOPOLOGY_COPY,
                        "topology copied",
                        Map.of(
                                "steps", Integer.toString(plan.steps().size()),
                                "topics_created", Integer.toString(result.topicsCreated()),
                                "acls_created", Integer.toString(result.aclsCreated()),
                                "quotas_set", Integer.toString(result.quotasSet())));
        // The workers write no journal, and nothing comes between this state and theirs.
        run.journal().append(Phase.SEED, "seed", Map.of());
        return result;
    }
}
