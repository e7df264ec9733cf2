package io.kraftlift.core.topology;

import java.util.List;

/**
 * What is to be done, in order, and the ledger that says so.
 *
 * @param steps topics before their settings, then ACLs, then quotas; empty when the target is as it should be
 */
public record TopologyPlan(List<TopologyStep> steps, TopologyLedger ledger) {
    public TopologyPlan {
        steps = List.copyOf(steps);
    }
}
