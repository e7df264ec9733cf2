package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rollback} and {@code resume} ask of Step Functions, and what they refuse. */
class RollbackAndResumeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final String MACHINE = "arn:aws:states:eu-west-1:1:stateMachine:kraftlift";
    private static final String OWNER = "arn:aws:states:eu-west-1:1:execution:kraftlift:first";
    private static final MigrationObjects OBJECTS = new MigrationObjects(new MigrationId("orders"));
    private static final Sha256 DIGEST = Sha256.of(new byte[] {1});

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    private final Machine machine = new Machine();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String config = "";

    @BeforeEach
    void begin() throws IOException {
        config = configure("topics: {include: [orders]}");
        byte[] yaml = Files.readAllBytes(Path.of(config));
        ReadConfig read = new ConfigReader(Map.of(), SecretSource.NONE).read(config, yaml);
        MigrationLease lease = MigrationLease.first(new MigrationLease.Claimant(
                OWNER,
                new ObjectReference(Path.of(config).toUri(), Sha256.of(yaml)),
                read.fingerprint(),
                Documents.mapper().readTree(read.redactedJson()),
                NOW));
        put(OBJECTS.lease(), lease);
        put(OBJECTS.result("topology"), TopologyLedger.empty());
        journal(Phase.SEED);
        machine.statuses.put(OWNER, "RUNNING");
    }

    @Test
    void rejectsTheGateWhereItIsOpen() {
        journal(Phase.DRAIN_READY);
        openGate();
        machine.onDecision = () -> {
            machine.statuses.put(OWNER, "SUCCEEDED");
            rolledBack();
        };

        assertThat(run("yes\n", "rollback")).isZero();

        assertThat(machine.calls)
                .singleElement()
                .asString()
                .contains("the-token")
                .contains("\"REJECT\"");
        assertThat(out.toString())
                .contains(
                        "Equal AWS CLI commands:\n  TOKEN=$(jq -r .token ",
                        "gates/cutover.json)\n  aws stepfunctions send-task-success --task-token \"$TOKEN\" --task-output ",
                        "rollback.json")
                .doesNotContain("the-token");
    }

    @Test
    void stopsTheExecutionAndStartsOneThatRollsBack() {
        machine.onStart = this::rolledBack;

        assertThat(run("yes\n", "rollback", "--ticket", "CHG-7")).isZero();

        assertThat(machine.calls).hasSize(2);
        assertThat(machine.calls.get(0)).startsWith("stop " + OWNER + " RolledBack rolled back by ");
        assertThat(machine.calls.get(1))
                .startsWith("start " + MACHINE + " orders-rollback-20261123-100000 ")
                .contains("\"mode\":\"ROLLBACK\"", "CHG-7", "file:");
        assertThat(out.toString())
                .contains(
                        "Equal AWS CLI command:\n  aws stepfunctions stop-execution --execution-arn " + OWNER
                                + " --error RolledBack --cause 'rolled back by ",
                        "Equal AWS CLI command:\n  aws stepfunctions start-execution --state-machine-arn " + MACHINE
                                + " --name orders-rollback-20261123-100000 --input '{",
                        "migration orders rolled back");
    }

    @Test
    void stopsTheExecutionWhenTheGateWasDecidedMeanwhile() {
        journal(Phase.DRAIN_READY);
        openGate();
        machine.waits = false;
        machine.onStart = this::rolledBack;

        assertThat(run("", "rollback", "--yes")).isZero();

        assertThat(machine.calls).extracting(call -> call.substring(0, 5)).containsExactly("stop ", "start");
    }

    @Test
    void doesNothingNewTheSecondTime() {
        machine.statuses.put(OWNER, "SUCCEEDED");
        rolledBack();

        assertThat(run("", "rollback")).isZero();

        assertThat(machine.calls).isEmpty();
        assertThat(out.toString()).contains("is rolled back already");
    }

    @Test
    void doesNothingWithoutAYes() {
        assertThat(run("no\n", "rollback")).isEqualTo(12);

        assertThat(machine.calls).isEmpty();
        assertThat(out.toString()).contains("execution " + OWNER + " is RUNNING");
    }

    @Test
    void refusesARollbackAfterTheCommitAndExplainsTheWayBack() {
        put(
                OBJECTS.result("freeze"),
                Freeze.first(NOW, Duration.ofMinutes(1)).proven(NOW).committed(NOW));

        assertThat(run("yes\n", "rollback")).isEqualTo(4);

        assertThat(machine.calls).isEmpty();
        assertThat(err.toString()).contains("COMMIT_ALREADY_MADE").contains("move the clients back");
    }

    @Test
    void saysWhyARollbackDidNotSucceed() {
        machine.statuses.put(OWNER, "FAILED");
        machine.endOfTheNext = "FAILED";

        assertThat(run("", "rollback", "--yes")).isEqualTo(4);

        assertThat(err.toString()).contains("must succeed", "FREEZE_REFUSED");
    }

    @Test
    void saysThatNothingWasBegun() throws IOException {
        Path other = folder.resolve("other.yaml");
        Files.writeString(
                other,
                Files.readString(Path.of(config))
                        .replace(
                                folder.resolve("segments").toString(),
                                folder.resolve("e").toString()));

        assertThat(run("", "rollback", other.toString(), List.of("--yes"))).isEqualTo(11);
    }

    @Test
    void redrivesWhatCanBeRedriven() {
        machine.statuses.put(OWNER, "FAILED");

        assertThat(run("", "resume")).isZero();

        assertThat(machine.calls).containsExactly("redrive " + OWNER);
        assertThat(out.toString())
                .contains(
                        "Equal AWS CLI command:\n  aws stepfunctions redrive-execution --execution-arn " + OWNER,
                        "redriven: " + OWNER);
    }

    @Test
    void startsANewExecutionWhereTheOldOneCannotBeRedriven() {
        machine.statuses.put(OWNER, "ABORTED");
        machine.refusal = "older than 14 days";

        assertThat(run("", "resume")).isZero();

        assertThat(machine.calls.get(1))
                .startsWith("start " + MACHINE + " orders-migrate-")
                .contains("\"mode\":\"MIGRATE\"");
        assertThat(out.toString()).contains("older than 14 days");
    }

    @Test
    void startsANewExecutionWhereTheOldOneIsGone() {
        machine.statuses.remove(OWNER);

        assertThat(run("", "resume")).isZero();

        assertThat(machine.calls).singleElement().asString().startsWith("start ");
    }

    @Test
    void startsANewExecutionWithAChangedConfigurationAndShowsWhatChanged() throws IOException {
        machine.statuses.put(OWNER, "FAILED");
        config = configure("topics: {include: [orders]}\ncutover: {drain_max_partition_lag: 7}");

        assertThat(run("", "resume")).isZero();

        assertThat(out.toString()).contains("accepted  cutover.drain_max_partition_lag: was 100, is 7");
        String start = machine.calls.get(0);
        Sha256 digest = Sha256.of(Files.readAllBytes(Path.of(config)));
        assertThat(start).contains(digest.hex(), OBJECTS.configuration(digest).value());
        assertThat(store().get(OBJECTS.configuration(digest)).orElseThrow().content())
                .isEqualTo(Files.readAllBytes(Path.of(config)));
    }

    @Test
    void refusesAConfigurationThatWhatWasBegunDoesNotFit() throws IOException {
        machine.statuses.put(OWNER, "FAILED");
        config = configure("topics: {include: [bills]}\nseed: {workers: 9}");

        assertThat(run("", "resume")).isEqualTo(4);

        assertThat(machine.calls).isEmpty();
        assertThat(out.toString())
                .contains(
                        "refused   seed.workers: was 4, is 9",
                        "refused   topics.include: was [\"orders\"], is [\"bills\"]");
        assertThat(err.toString()).contains("CONFIGURATION_CHANGED", "--force-restart");
    }

    @Test
    void refusesToResumeWhatRuns() {
        assertThat(run("", "resume")).isEqualTo(4);

        assertThat(err.toString()).contains("must have ended, is RUNNING");
    }

    @Test
    void refusesToResumeWhatWasRolledBackButBeginsItAnewForItsTypedId() {
        machine.statuses.put(OWNER, "SUCCEEDED");
        rolledBack();

        assertThat(run("", "resume")).isEqualTo(4);
        assertThat(err.toString()).contains("MIGRATION_ROLLED_BACK", "--force-restart");
        assertThat(run("yes\n", "resume", "--force-restart")).isEqualTo(12);
        assertThat(run("", "resume", "--force-restart", "--confirm", "order")).isEqualTo(12);
        assertThat(machine.calls).isEmpty();

        assertThat(run("orders\n", "resume", "--force-restart")).isZero();

        assertThat(machine.calls).singleElement().asString().contains("\"mode\":\"RESTART\"");
    }

    @Test
    void refusesToBeginAnewAfterTheCommit() {
        machine.statuses.put(OWNER, "FAILED");
        put(
                OBJECTS.result("freeze"),
                Freeze.first(NOW, Duration.ofMinutes(1)).proven(NOW).committed(NOW));

        assertThat(run("", "resume", "--force-restart", "--confirm", "orders")).isEqualTo(4);

        assertThat(machine.calls).isEmpty();
    }

    @Test
    void saysAsJsonWhatItDid() throws IOException {
        machine.statuses.put(OWNER, "FAILED");

        assertThat(run("", "resume", "--json")).isZero();

        JsonNode said = Documents.mapper().readTree(out.toString());
        assertThat(said.path("how").asText()).isEqualTo("redriven");
        assertThat(said.path("execution").asText()).isEqualTo(OWNER);
    }

    private String configure(String more) throws IOException {
        return Files.writeString(folder.resolve("m.yaml"), """
                source: {bootstrap_servers: "old:1", auth: {mode: plaintext}}
                target: {bootstrap_servers: "new:1", auth: {mode: plaintext}}
                backup: {directory: "%s"}
                evidence: {directory: "%s"}
                %s
                """.formatted(
                                folder.resolve("segments"), folder.resolve("proof"), more))
                .toString();
    }

    private void openGate() {
        put(
                OBJECTS.gate("cutover"),
                new OpenedGate(Gate.CUTOVER, "the-token", DIGEST, DIGEST, NOW, NOW.plusSeconds(60)));
    }

    private void rolledBack() {
        MigrationLease unused = new LeaseObject(store(), OBJECTS).change(1, MigrationLease::asRolledBack);
    }

    private void journal(Phase phase) {
        new Journal(store(), OBJECTS, Clock.fixed(NOW, ZoneOffset.UTC)).append(phase, phase.word(), Map.of());
    }

    private void put(io.kraftlift.core.stores.ObjectKey key, Object document) {
        store().put(key, ByteBuffer.wrap(Documents.write(document)));
    }

    private FileObjectStore store() {
        return new FileObjectStore(folder.resolve("segments"));
    }

    private int run(String typed, String command, String... arguments) {
        return run(typed, command, config, List.of(arguments));
    }

    private int run(String typed, String command, String file, List<String> arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--config", file, "--migration", "orders", "--endpoint-url", "http://127.0.0.1:1"));
        all.addAll(arguments);
        Terminal terminal = ScriptedTerminal.typing(typed, out, err);
        Surroundings surroundings =
                new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, new SecureRandom());
        return Main.commandLine(terminal, surroundings, endpoint -> machine).execute(all.toArray(String[]::new));
    }

    /** Step Functions with executions that do what a test says. Confined to the test's thread. */
    private static final class Machine implements StepFunctions {
        private final Map<String, String> statuses = new TreeMap<>();
        private final List<String> calls = new ArrayList<>();
        private Runnable onDecision = () -> {};
        private Runnable onStart = () -> {};
        private String endOfTheNext = "SUCCEEDED";
        private boolean waits = true;
        private @Nullable String refusal;

        @Override
        public boolean sendTaskSuccess(String token, String output) {
            if (waits) {
                calls.add("decide " + token + " " + output);
                onDecision.run();
            }
            return waits;
        }

        @Override
        public String startExecution(String stateMachineArn, String name, String input) {
            calls.add("start " + stateMachineArn + " " + name + " " + input);
            onStart.run();
            String arn = stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name;
            statuses.put(arn, endOfTheNext);
            return arn;
        }

        @Override
        public void stopExecution(String executionArn, String error, String cause) {
            calls.add("stop " + executionArn + " " + error + " " + cause);
            statuses.put(executionArn, "ABORTED");
        }

        @Override
        public Optional<String> redriveExecution(String executionArn) {
            calls.add("redrive " + executionArn);
            return Optional.ofNullable(refusal);
        }

        @Override
        public Optional<ExecutionState> describe(String executionArn) {
            return Optional.ofNullable(statuses.get(executionArn))
                    .map(status -> new ExecutionState(
                            status,
                            NOW,
                            Optional.empty(),
                            status.equals("FAILED") ? Optional.of("FREEZE_REFUSED") : Optional.empty()));
        }

        @Override
        public void close() {}
    }
}
