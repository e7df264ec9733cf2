package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state machines of one server and their executions, in the order of their creation. Guarded by itself. */
final class Executions {
    private record Machine(Definition definition, Instant creationDate) {}

    private final Surroundings surroundings;
    private final Map<StateMachineArn, Machine> machines = new LinkedHashMap<>();
    private final Map<ExecutionArn, Execution> executions = new LinkedHashMap<>();

    Executions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Creates a machine; the same name with the same definition again is no error. */
    synchronized StateMachineDescription create(StateMachineArn arn, JsonNode source) {
        Machine known = machines.get(arn);
        if (known == null) {
            Definition definition =
                    DefinitionParser.parse(source, surroundings.integrations().keySet());
            machines.put(arn, new Machine(definition, surroundings.clock().instant()));
        } else if (!known.definition().source().equals(source)) {
            throw new StatesServiceException(
                    StatesServiceException.Code.STATE_MACHINE_ALREADY_EXISTS,
                    arn + ": exists with another definition; use another name");
        }
        return describe(arn);
    }

    synchronized StateMachineDescription describe(StateMachineArn arn) {
        Machine machine = machine(arn);
        return new StateMachineDescription(arn, machine.definition().source().deepCopy(), machine.creationDate());
    }

    synchronized List<StateMachineDescription> machines() {
        return machines.keySet().stream().map(this::describe).toList();
    }

    /** Starts an execution; the same name and input again is no error while the first one runs. */
    synchronized ExecutionDescription start(StateMachineArn machine, String name, JsonNode input) {
        Definition definition = machine(machine).definition();
        ExecutionArn arn = new ExecutionArn(machine, name);
        if (PayloadLimit.size(input) > PayloadLimit.BYTES) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_EXECUTION_INPUT,
                    "input: must be at most " + PayloadLimit.BYTES + " bytes of UTF-8, was "
                            + PayloadLimit.size(input));
        }
        Execution known = executions.get(arn);
        if (known != null) {
            ExecutionDescription description = known.describe();
            if (description.status() == ExecutionStatus.RUNNING && known.input().equals(input)) {
                return description;
            }
            throw new StatesServiceException(
                    StatesServiceException.Code.EXECUTION_ALREADY_EXISTS,
                    arn + ": has ended, or runs with another input; use another name");
        }
        Execution execution = new Execution(arn, definition, input, surroundings);
        executions.put(arn, execution);
        execution.start();
        return execution.describe();
    }

    synchronized Execution find(ExecutionArn arn) {
        Execution found = executions.get(arn);
        if (found == null) {
            throw new StatesServiceException(
                    StatesServiceException.Code.EXECUTION_DOES_NOT_EXIST, arn + ": there is no such execution");
        }
        return found;
    }

    /** The executions of a machine, the newest first. */
    synchronized List<ExecutionDescription> executions(StateMachineArn machine) {
        machine(machine);
        List<ExecutionDescription> found = new ArrayList<>();
        executions.forEach((arn, execution) -> {
            if (arn.machine().equals(machine)) {
                found.add(execution.describe());
            }
        });
        Collections.reverse(found);
        return found;
    }

    /** Stops what runs and returns when all of its work has ended. */
    void stopAll() {
        List<Execution> all;
        synchronized (this) {
            all = List.copyOf(executions.values());
        }
        all.forEach(execution -> execution.stop("States.ServerClosed", "the server was closed"));
        all.forEach(execution -> execution.stopAndWait("States.ServerClosed", "the server was closed"));
    }

    private Machine machine(StateMachineArn arn) {
        Machine machine = machines.get(arn);
        if (machine == null) {
            throw new StatesServiceException(
                    StatesServiceException.Code.STATE_MACHINE_DOES_NOT_EXIST, arn + ": there is no such state machine");
        }
        return machine;
    }
}
