package io.kraftlift.access.topology;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.Waiting;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyPlan;
import io.kraftlift.core.topology.TopologyPlanner;
import org.apache.kafka.clients.admin.Admin;

/** What the topology copy would do now, and what it leaves to a person. Nothing is changed and nothing is written. */
public record TopologyPreview(TopologyPlan plan, AccessReading access) {
    /**
     * Reads both clusters and plans, with the ledger of the same migration where it has begun.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded TOPOLOGY_CONFLICT when topics stand in the way, and
     *     whatever reading the clusters throws
     */
    public static TopologyPreview of(MigrationRun run) throws InterruptedException {
        Waiting waiting = run.surroundings().sleeper()::sleep;
        Admin source = new AdminCalls(ClusterSide.SOURCE).connect(run::source);
        Admin target = new AdminCalls(ClusterSide.TARGET).connect(run::target);
        ClusterInventory here = new InventoryReader(source, ClusterSide.SOURCE, waiting).read();
        ClusterInventory there = new InventoryReader(target, ClusterSide.TARGET, waiting).read();
        TopologyLedger earlier =
                run.find(run.objects().result("topology"), TopologyLedger.class).orElseGet(TopologyLedger::empty);
        TopologyPlan plan = new TopologyPlanner(here, there, TargetPolicies.of(run.config()))
                .plan(
                        new TopicSelector(run.config().topics())
                                .selected(here).stream()
                                        .map(TopicInventory::name)
                                        .toList(),
                        earlier);
        return new TopologyPreview(plan, AccessReading.of(run, here.acls()));
    }
}
