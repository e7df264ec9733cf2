package io.kraftlift.local.states;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Substitution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The real definitions in the interpreter, over functions that say what the real ones would, workers that tail until they are
 * told to stop, and time that the test moves.
 */
final class MachineStage implements AutoCloseable {
    private static final String DIGEST = "a".repeat(64);
    private static final String REFERENCE = "{\"uri\":\"file:///x\",\"sha256\":\"" + DIGEST + "\"}";
    private static final String STEP = "{\"report\":" + REFERENCE + ",\"millis\":1}";

    final ManualTime time = new ManualTime();
    final StatesServer server;
    private final List<FunctionName> calls = new ArrayList<>();
    private final Map<FunctionName, TaskCall> lastCalls = new HashMap<>();
    private final Map<FunctionName, List<TaskIntegration>> scripts = new HashMap<>();
    private final Map<FunctionName, Runnable> effects = new ConcurrentHashMap<>();
    private final List<String> workers = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final StateMachineArn migration;
    private volatile boolean freezeByHand;
    private volatile String hangingWorker = "";

    MachineStage() {
        this(true, ExecutionListener.SILENT);
    }

    /** With or without the machine that guards freezes. */
    MachineStage(boolean guarded, ExecutionListener listener) {
        try {
            server = StatesServer.builder()
                    .integration(FakeWork.RESOURCE, this::function)
                    .integration("arn:aws:states:::ecs:runTask.sync", this::worker)
                    .clock(time)
                    .sleeper(time)
                    .listener(listener)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> values = new HashMap<>();
        for (FunctionName function : FunctionName.values()) {
            values.put(function.substitution(), function.name());
        }
        for (Substitution substitution : Substitution.values()) {
            values.put(substitution.key(), "none");
        }
        StateMachineArn poller = server.create("poller", definition(DefinitionFile.DRAIN_POLLER, values));
        values.put(Substitution.DRAIN_POLLER.key(), poller.toString());
        values.put(Substitution.FREEZE_GUARD.key(), poller.toString().replace("poller", "guard"));
        if (guarded) {
            server.create("guard", definition(DefinitionFile.FREEZE_GUARD, values));
        }
        migration = server.create("migration", definition(DefinitionFile.MIGRATION, values));
    }

    private static JsonNode definition(DefinitionFile file, Map<String, String> values) {
        return LocalStates.json(file.bind(values));
    }

    /** Workers of that state do not end. */
    void hang(String state) {
        hangingWorker = state;
    }

    /** Waits until that many workers were started for a state. */
    void awaitWorkers(String state, int times) {
        await(times + " workers of " + state)
                .atMost(LocalStates.LIMIT)
                .until(() -> workers.stream().filter(state::equals).count() >= times);
    }

    /** From now on no webhook is configured. */
    void freezeByHand() {
        freezeByHand = true;
    }

    ExecutionArn start() {
        return start("{\"migration\":\"m1\",\"config\":" + REFERENCE + "}");
    }

    /** Starts a migration of this run reference. */
    ExecutionArn start(String run) {
        return server.start(migration, "run", LocalStates.json("{\"mode\":\"MIGRATE\",\"run\":" + run + "}"));
    }

    /** Every call of that function does this before it is counted. */
    void effect(FunctionName function, Runnable done) {
        effects.put(function, done);
    }

    /** The next calls of that function behave so, one after the other; further ones answer as usual. */
    synchronized void script(FunctionName function, TaskIntegration... behaviours) {
        scripts.put(function, new ArrayList<>(List.of(behaviours)));
    }

    /** The functions that were called, in order. */
    synchronized List<FunctionName> calls() {
        return List.copyOf(calls);
    }

    synchronized int calls(FunctionName function) {
        return Math.toIntExact(calls.stream().filter(function::equals).count());
    }

    /** The payload of a function's last call. */
    synchronized JsonNode payload(FunctionName function) {
        TaskCall call = lastCalls.get(function);
        if (call == null) {
            throw new AssertionError(function + " was not called; " + calls + " were");
        }
        return call.arguments().path("Payload");
    }

    /** Waits until a function was called that often. */
    void awaitCalls(FunctionName function, int times) {
        await(function + " called " + times + " times, by " + calls())
                .atMost(LocalStates.LIMIT)
                .until(() -> calls(function) >= times);
    }

    /** Answers at the gate that was opened last. */
    void answer(String decision) {
        JsonNode gate = payload(FunctionName.OPEN_GATE);
        server.sendTaskSuccess(new TaskToken(gate.path("token").asText()), LocalStates.json("""
                {"decision":"%s","approver":"ann","ticket":"","plan":"%s","report":"%s"}""".formatted(
                decision, gate.path("plan").asText(), gate.path("report").asText())));
    }

    private JsonNode worker(TaskCall call) throws TaskFailedException, InterruptedException {
        workers.add(call.stateName());
        if (call.stateName().equals(hangingWorker)) {
            return FakeWork.hanging().run(call);
        }
        boolean tails = call.stateName().equals("TailLane");
        if (tails && !stopped.await(LocalStates.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the tail was not told to stop");
        }
        return Documents.mapper().createObjectNode();
    }

    private JsonNode function(TaskCall call) throws TaskFailedException, InterruptedException {
        FunctionName function =
                FunctionName.valueOf(call.arguments().path("FunctionName").asText());
        effects.getOrDefault(function, () -> {}).run();
        TaskIntegration behaviour = behaviour(function, call);
        JsonNode answer = behaviour.run(call);
        if (function == FunctionName.VERIFY_OFFSET_FLOOR || function == FunctionName.ROLLBACK) {
            stopped.countDown();
        }
        return Documents.mapper().createObjectNode().set("Payload", answer);
    }

    private synchronized TaskIntegration behaviour(FunctionName function, TaskCall call) {
        calls.add(function);
        lastCalls.put(function, call);
        List<TaskIntegration> script = scripts.getOrDefault(function, List.of());
        return script.isEmpty() ? FakeWork.answering(LocalStates.json(answerOf(function))) : script.remove(0);
    }

    private String answerOf(FunctionName function) {
        return switch (function) {
            case CLAIM_RUN -> """
                    {"run":%s,"mode":"MIGRATE","resumed":false,"clear_target":false,"cutover":"NOT_COMMITTED",
                    "fingerprint":"f","full_validation":false,"freeze_by_hand":%s,
                    "timings":{"drain_timeout_seconds":1800,"drain_poll_seconds":5,"approval_timeout_seconds":3600,
                    "freeze_timeout_seconds":60}}""".formatted(payload(function).path("run"), freezeByHand);
            case PLAN -> "{\"plan\":" + REFERENCE + ",\"lanes\":[0]}";
            case DRAIN_STATUS -> "{\"ready\":true,\"report\":" + REFERENCE + "}";
            case UNFREEZE -> "{\"released\":true,\"committed\":false}";
            case RELEASE_OVERDUE -> "{\"settled\":true,\"released\":true,\"look_at\":\"" + time.instant() + "\"}";
            case RESYNC_GROUPS -> "{\"acknowledged\":true}";
            case SEAL_EVIDENCE ->
                "{\"evidence\":\"file:///e\",\"report\":\"file:///r\",\"key_id\":\"k\",\"outcome\":\"PASSED\"}";
            default -> STEP;
        };
    }

    @Override
    public void close() {
        stopped.countDown();
        server.close();
    }
}
