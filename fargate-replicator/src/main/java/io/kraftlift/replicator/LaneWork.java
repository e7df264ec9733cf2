package io.kraftlift.replicator;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.UUID;

/**
 * What one run of a worker is to do. A partition's slot is its index in the plan.
 *
 * @param writer this run, told apart from every other
 */
record LaneWork(
        LanePlan plan,
        ReplicationMode mode,
        UUID writer,
        MigrationConfig config,
        ObjectStore store,
        MigrationObjects objects,
        Surroundings surroundings,
        EngineSettings settings) {
    List<PartitionId> partitionIds() {
        return plan.partitions().stream().map(LanePartition::partition).toList();
    }

    /** The same work with a plan that has grown. */
    LaneWork with(LanePlan grown) {
        return new LaneWork(grown, mode, writer, config, store, objects, surroundings, settings);
    }

    int slots() {
        return plan.partitions().size();
    }
}
