package io.kraftlift.local.workers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.local.states.TaskCall;
import io.kraftlift.local.states.TaskFailedException;
import io.kraftlift.local.states.TaskIntegration;
import io.kraftlift.statemachine.WorkerEnvironment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code arn:aws:states:::ecs:runTask.sync}: forks the real worker with the environment of the container's overrides,
 * waits for its end, and fails as ECS does when it ends with another code than 0. A cancelled task's worker gets SIGTERM, and
 * SIGKILL 15 seconds later.
 */
public final class LocalWorkers implements TaskIntegration {
    private static final String MAIN_CLASS = "io.kraftlift.replicator.Worker";

    private final String classPath;
    private final List<String> jvmOptions;
    private final Path logs;
    private final AtomicInteger number = new AtomicInteger();
    private final Map<Integer, ForkedJvm> running = new ConcurrentHashMap<>();

    /**
     * Workers of one run.
     *
     * @param classPath the worker's jars, separated as in {@code java.class.path}
     * @param jvmOptions such as {@code -Xmx512m}
     * @param logs the folder where each worker's output goes
     */
    public LocalWorkers(String classPath, List<String> jvmOptions, Path logs) {
        this.classPath = classPath;
        this.jvmOptions = List.copyOf(jvmOptions);
        this.logs = logs;
    }

    /** The workers that run now. */
    public List<ForkedJvm> running() {
        return List.copyOf(running.values());
    }

    @Override
    public JsonNode run(TaskCall call) throws TaskFailedException, InterruptedException {
        Map<String, String> environment = environmentOf(call.arguments());
        int id = number.incrementAndGet();
        String name = String.format(
                Locale.ROOT,
                "%s-lane-%s-%03d",
                environment.getOrDefault(WorkerEnvironment.MODE, "worker").toLowerCase(Locale.ROOT),
                environment.get(WorkerEnvironment.LANE),
                id);
        try (ForkedJvm worker = ForkedJvm.named(name)
                .mainClass(MAIN_CLASS)
                .classPath(classPath)
                .jvmOptions(jvmOptions)
                .environment(environment)
                .logFile(logs.resolve(name + ".log"))
                .start()) {
            running.put(id, worker);
            int code = worker.onExit().get();
            if (code != 0) {
                throw new TaskFailedException(
                        "States.TaskFailed",
                        "Essential container in task exited: " + name + " with code " + code + ": "
                                + worker.logTail(1));
            }
            return description(name);
        } catch (ExecutionException e) {
            throw new IllegalStateException(name + ": its end cannot be waited for", e);
        } finally {
            running.remove(id);
        }
    }

    private static Map<String, String> environmentOf(JsonNode arguments) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode container : arguments.path("Overrides").path("ContainerOverrides")) {
            for (JsonNode variable : container.path("Environment")) {
                environment.put(
                        variable.path("Name").asText(), variable.path("Value").asText());
            }
        }
        return environment;
    }

    private static JsonNode description(String name) {
        ObjectNode task = Documents.mapper().createObjectNode();
        task.put("TaskArn", "arn:aws:ecs:local:000000000000:task/kraftlift/" + name);
        task.put("LastStatus", "STOPPED");
        ObjectNode container = task.putArray("Containers").addObject();
        container.put("Name", "replicator");
        container.put("ExitCode", 0);
        return task;
    }
}
