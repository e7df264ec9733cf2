package io.kraftlift.local.demo;

import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.ExecutionDescription;
import io.kraftlift.local.states.ExecutionListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Which states of the migration are active now. Safe for several threads. */
final class ActiveStates implements ExecutionListener {
    private final String machine;
    private final Consumer<ExecutionDescription> ended;
    private final Map<String, Integer> active = new ConcurrentHashMap<>();

    /** Listens to the executions of one machine, and hands over each that has ended. */
    ActiveStates(String machine, Consumer<ExecutionDescription> ended) {
        this.machine = machine;
        this.ended = ended;
    }

    boolean contains(String state) {
        return active.getOrDefault(state, 0) > 0;
    }

    @Override
    public void stateEntered(ExecutionArn execution, String stateName) {
        if (execution.machine().name().equals(machine)) {
            active.merge(stateName, 1, Integer::sum);
        }
    }

    @Override
    public void stateExited(ExecutionArn execution, String stateName) {
        if (execution.machine().name().equals(machine)) {
            active.merge(stateName, -1, Integer::sum);
        }
    }

    @Override
    public void executionEnded(ExecutionDescription execution) {
        if (execution.arn().machine().name().equals(machine)) {
            active.clear();
            ended.accept(execution);
        }
    }
}
