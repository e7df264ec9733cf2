package io.kraftlift.statemachine;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the definition leaves open besides its functions; each stands in it as <code>${name}</code>. */
public enum Substitution {
    DRAIN_POLLER("DrainPollerStateMachine"),
    FREEZE_GUARD("FreezeGuardStateMachine"),
    WORKER_CLUSTER("WorkerCluster"),
    WORKER_TASK_DEFINITION("WorkerTaskDefinition"),
    /** Ids, comma separated. */
    WORKER_SUBNETS("WorkerSubnets"),
    /** Ids, comma separated. */
    WORKER_SECURITY_GROUPS("WorkerSecurityGroups");

    private final String key;

    Substitution(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }

    /** Every name that a definition may leave open, functions included. */
    public static Set<String> all() {
        return Stream.concat(
                        Arrays.stream(values()).map(Substitution::key),
                        Arrays.stream(FunctionName.values()).map(FunctionName::substitution))
                .collect(Collectors.toUnmodifiableSet());
    }
}
