package io.kraftlift.cdk.permissions;

import io.kraftlift.statemachine.Gate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The parts of the two stores (formats: {@code docs/formats.md}). */
public enum StorePart {
    /** The configuration files that runs refer to; the operator, or a command, puts them there. */
    CONFIGURATION,
    PLAN,
    RESULTS,
    JOURNAL,
    LEASE,
    CONTROL,
    STATUS,
    CHECKPOINTS,
    OFFSET_MAPS,
    SEGMENTS,
    LANE_LEASES,
    /** A gate's object is the only place that has its task token. */
    TOKENS,
    DECISIONS,
    /** Of the evidence store: what the precheck writes to see whether it can. */
    PROBE,
    /** Of the evidence store. */
    ROLLBACK,
    /** Of the evidence store. */
    BUNDLES,
    /** Of the evidence store: what Step Functions keeps of executions. */
    HISTORIES;

    /**
     * Keys, with {@code *} for anything. Below an optional prefix, a store has a folder per migration, so all but the
     * configuration's begin with anything and a slash. Each ends as its objects do: a topic may be named as a folder is, and
     * {@code offsets/plan/0.map} is no part of a plan.
     */
    public List<String> patterns() {
        return switch (this) {
            case CONFIGURATION -> List.of("config/*", "*/configurations/*.yaml");
            case PLAN -> List.of("*/plan/*.json");
            case RESULTS -> List.of("*/results/*.json");
            case JOURNAL -> List.of("*/journal/*.json");
            case LEASE -> List.of("*/lease.json");
            case CONTROL -> List.of("*/control/desired.json");
            case STATUS -> List.of("*/status/*.json");
            case CHECKPOINTS -> List.of("*/checkpoints/*.json");
            case OFFSET_MAPS -> List.of("*/offsets/*.map");
            case SEGMENTS -> List.of("*/lanes/*.seg");
            case LANE_LEASES -> List.of("*/leases/lane-*.json");
            case TOKENS -> gates(Gate::objectName);
            case DECISIONS -> gates(Gate::decisionName);
            case PROBE -> List.of("*/precheck-probe.json");
            case ROLLBACK -> List.of("*/rollback.json", "*/rollback-*.json");
            case BUNDLES -> List.of("*/evidence*.json", "*/report*.html");
            case HISTORIES -> List.of("*/history-*.json");
        };
    }

    private static List<String> gates(Function<Gate, String> name) {
        return Arrays.stream(Gate.values())
                .map(gate -> "*/gates/" + name.apply(gate) + ".json")
                .toList();
    }
}
