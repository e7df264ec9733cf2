package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.cli.runs.RunEndpoint;
import io.kraftlift.cli.runs.StepFunctions;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.cutover.RehearsalReport;
import io.kraftlift.core.cutover.ReleaseByHand;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.PartitionStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private static final String TOKEN = "the-token-that-nobody-sees";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Sha256 PLAN = Sha256.of(new byte[] {1});
    private static final MigrationObjects OBJECTS = new MigrationObjects(new MigrationId("demo-1"));
    private static final DrainReadyReport READY =
            new DrainReadyReport(NOW, NOW.minusSeconds(30), 7, 12, 1_234, 5_678_000, 0, 0, 2, 64, Map.of(), List.of());

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    private final FakeStepFunctions functions = new FakeStepFunctions();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysOnOneLineWhatIsWrongWithTheCommandLine() {
        int code = run("", "approve", "--gate", "nowhere");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("kraftlift: Invalid value for option '--gate'")
                .contains("must be one of cutover, producer-freeze, client-switch, was \"nowhere\"");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void printsEveryErrorOfAConfigurationAndExitsWithItsCode() throws IOException {
        Path config = Files.writeString(folder.resolve("m.yaml"), "sorce: {}\nseed: {workers: 99}\n");

        int code = run("", "status", "--config", config.toString(), "--migration", "demo-1");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString())
                .contains(config + ":1:1: sorce: must be a known setting of the root, was not; did you mean source?")
                .contains(config + ":2:17: seed.workers: must be a whole number from 1 to 40, was \"99\"")
                .doesNotContain("\tat ");
    }

    @Test
    void saysThatThereIsNoRun() {
        int code = run("", "status", "--dir", folder.toString());

        assertThat(code).isEqualTo(11);
        assertThat(err.toString()).startsWith("kraftlift: there is no run in " + folder);
    }

    @Test
    void saysAnErrorAsJsonWhenJsonIsAskedFor() {
        int code = run("", "status", "--json", "--dir", folder.toString());

        assertThat(code).isEqualTo(11);
        assertThat(out.toString())
                .startsWith("{\"error\":\"there is no run in ")
                .contains("\"exit\":\"NOTHING_THERE\",\"exit_code\":11}");
    }

    @Test
    void refusesEvidenceThatIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("evidence.json"), "{}");

        assertThat(run("", "verify", file.toString())).isEqualTo(7);
        assertThat(err.toString()).startsWith("kraftlift: " + file + ": refused: ");
    }

    @Test
    void saysThatThereIsNoEvidence() {
        assertThat(run("", "verify", folder.resolve("missing.json").toString())).isEqualTo(11);
    }

    @Test
    void demandsThatAKeyIdIsADigest() {
        assertThat(run("", "verify", "x.json", "--key-id", "abc")).isEqualTo(11);
        assertThat(run("", "verify", Path.of("pom.xml").toString(), "--key-id", "abc"))
                .isEqualTo(2);
    }

    @Test
    void approvesTheGateThatWaitsAndShowsNoToken() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));

        int code = run("yes\n", "approve", "--dir", folder.toString(), "--ticket", "CHG-7");

        assertThat(code).isZero();
        assertThat(functions.outputs)
                .containsExactly(TOKEN + " "
                        + Documents.writeText(new GateDecision(
                                Decision.APPROVE, approver(), "CHG-7", PLAN, Sha256.of(Documents.write(READY)))));
        assertThat(out.toString())
                .contains("Gate cutover of migration demo-1, open for 1m00s, expires in 1h00m")
                .contains("lag      largest 7, total 12 over 64 partitions; within bounds since 2026-11-23T09:59:30Z")
                .contains("TOKEN=$(jq -r .token " + folder.toRealPath().resolve("segments/demo-1/gates/cutover.json")
                        + ")")
                .contains("aws stepfunctions send-task-success --task-token \"$TOKEN\" --task-output '{\"approver\":")
                .contains("}' --endpoint-url http://127.0.0.1:1\n")
                .contains("approve: sent as ")
                .doesNotContain(TOKEN);
    }

    @Test
    void doesNothingWithoutAYes() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));

        assertThat(run("y\n", "reject", "--dir", folder.toString())).isEqualTo(12);
        assertThat(functions.outputs).isEmpty();
    }

    @Test
    void refusesToApproveAReportThatIsNotTheGatesOwn() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        store().put(OBJECTS.result("drain-ready"), ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(run("", "approve", "--yes", "--dir", folder.toString())).isEqualTo(4);
        assertThat(run("", "defer", "--yes", "--dir", folder.toString())).isZero();
        assertThat(functions.outputs).hasSize(1);
    }

    @Test
    void refusesAGateThatExpiredOrWasDecidedOrNeverOpened() throws IOException {
        openCutoverGate(READY, NOW);
        assertThat(run("", "approve", "--yes", "--dir", folder.toString())).isEqualTo(11);

        openCutoverGate(READY, NOW.plusSeconds(1));
        functions.waits = false;
        assertThat(run("", "approve", "--yes", "--dir", folder.toString())).isEqualTo(11);
        assertThat(run("", "ack", "--yes", "--dir", folder.toString())).isEqualTo(11);

        assertThat(err.toString().lines().map(line -> line.replaceAll(" at 2026.*", "")))
                .containsExactly(
                        "kraftlift: the gate cutover must be waiting for a decision, but it expired",
                        "kraftlift: the gate cutover must be waiting for a decision, but it has been decided or"
                                + " closed; look at kraftlift status",
                        "kraftlift: the gate client-switch must be waiting for a decision, but it was not opened yet;"
                                + " look at kraftlift status");
    }

    @Test
    void showsWhereARunStandsAndWhatItWaitsFor() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        Journal journal = new Journal(store(), OBJECTS, Clock.fixed(NOW.minusSeconds(90), ZoneOffset.UTC));
        journal.append(Phase.TAIL, "every lane replicates", Map.of());
        LaneStatus lane = new LaneStatus(
                new LaneId(0),
                ReplicationMode.TAIL,
                NOW,
                3,
                1_234,
                5_678_000,
                2_000,
                10,
                5,
                9,
                Map.of(
                        PartitionId.of("orders", 0),
                        new PartitionStatus(new SourceOffset(90), new SourceOffset(100)),
                        PartitionId.of("orders", 1),
                        new PartitionStatus(new SourceOffset(100), new SourceOffset(100))),
                List.of(new Gap(PartitionId.of("orders", 1), new SourceOffset(30), new SourceOffset(36))),
                List.of(new Ended(PartitionId.of("gone", 2), TopicEnd.DELETED, new SourceOffset(77))));
        store().put(OBJECTS.status(lane.lane()), ByteBuffer.wrap(Documents.write(lane)));

        assertThat(run("", "status", "--dir", folder.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "Migration demo-1: RUNNING, tail for 1m30s",
                        "  last    every lane replicates",
                        "  copied  1,234 records, 5.7 MB by 1 lanes over 2 partitions",
                        "  rate    2.0 kB/s, 10 records/s, ETA 5s",
                        "  lag     largest 10, total 10",
                        "                    10  orders/0",
                        "  gaps    1",
                        "          orders/1 30 to 36",
                        "  ended   1 partitions are gone on the source",
                        "          gone/2 DELETED, copied up to 77",
                        "  next    a person decides about the cutover",
                        "          kraftlift approve --gate cutover --dir " + folder);

        out.getBuffer().setLength(0);
        assertThat(run("", "status", "--json", "--dir", folder.toString())).isZero();
        JsonNode status = Documents.mapper().readTree(out.toString());
        assertThat(status.at("/partition_lags/orders~10").asLong()).isEqualTo(10);
        assertThat(status.at("/partition_lags/orders~11").isNumber()).isTrue();
        assertThat(status.at("/total_lag").asLong()).isEqualTo(10);
        assertThat(status.at("/eta_seconds").asLong()).isEqualTo(5);
        assertThat(status.at("/gaps/0/first").asLong()).isEqualTo(30);
        assertThat(status.at("/ended/0/partition").asText()).isEqualTo("gone/2");
        assertThat(status.at("/phase").asText()).isEqualTo("tail");
        assertThat(status.at("/since").asText()).isEqualTo(NOW.minusSeconds(90).toString());
        assertThat(status.at("/command").asText()).isEqualTo("kraftlift approve --gate cutover --dir " + folder);
    }

    @Test
    void saysTheExactCommandForWhatIsExpectedNext() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        Journal journal = new Journal(store(), OBJECTS, Clock.fixed(NOW.minusSeconds(90), ZoneOffset.UTC));

        functions.status = "FAILED";
        journal.append(Phase.SEED, "seed", Map.of());
        assertThat(nextCommand()).isEqualTo("kraftlift resume --dir " + folder);

        functions.status = "SUCCEEDED";
        journal.append(Phase.ROLLED_BACK, "rollback", Map.of());
        assertThat(nextCommand()).isEmpty();

        journal.append(Phase.FINALIZED, "sealed", Map.of("evidence", "file:///a%20proof/evidence.json"));
        assertThat(nextCommand()).isEqualTo("kraftlift verify '/a proof/evidence.json'");

        journal.append(Phase.FINALIZED, "sealed again", Map.of("evidence", "s3://proof/m/evidence-2.json"));
        assertThat(nextCommand())
                .isEqualTo("aws s3 cp s3://proof/m/evidence-2.json . && kraftlift verify evidence-2.json");
    }

    private String nextCommand() throws IOException {
        out.getBuffer().setLength(0);
        assertThat(run("", "status", "--json", "--dir", folder.toString())).isZero();
        return Documents.mapper().readTree(out.toString()).path("command").asText("");
    }

    @Test
    void namesTheAcknowledgementWithTheOptionsThatWereGiven() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        new Journal(store(), OBJECTS, Clock.fixed(NOW.minusSeconds(90), ZoneOffset.UTC))
                .append(Phase.AWAITING_CLIENT_SWITCH, "READY_FOR_CLIENT_SWITCH", Map.of());
        OpenedGate gate = new OpenedGate(Gate.CLIENT_SWITCH, TOKEN, PLAN, PLAN, NOW, NOW.plusSeconds(60));
        store().put(OBJECTS.gate("client-switch"), ByteBuffer.wrap(Documents.write(gate)));
        Path config = folder.resolve("m.yaml");

        assertThat(run(
                        "",
                        "status",
                        "--config",
                        config.toString(),
                        "--migration",
                        "demo-1",
                        "--execution",
                        "arn:aws:states:eu-west-1:1:execution:m:night 1"))
                .isZero();
        assertThat(out.toString().lines().reduce((earlier, later) -> later))
                .contains("          kraftlift ack --config " + config
                        + " --migration demo-1 --execution 'arn:aws:states:eu-west-1:1:execution:m:night 1'");
    }

    @Test
    void namesTheGateAtWhichAPersonConfirmsTheFreezeAndWhatIsApprovedThere() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        new Journal(store(), OBJECTS, Clock.fixed(NOW.minusSeconds(30), ZoneOffset.UTC))
                .append(Phase.DRAIN_READY, "cutover approved", Map.of("decision", "APPROVE"));
        assertThat(nextCommand()).as("between the gates").isEmpty();
        byte[] rehearsal = Documents.write(new RehearsalReport(
                NOW.minusSeconds(9), 2_500, Map.of("drain", 1_000L), 60_000, 64, 3, 17, 0, List.of("a warning")));
        store().put(OBJECTS.result("rehearsal"), ByteBuffer.wrap(rehearsal));
        OpenedGate gate = new OpenedGate(
                Gate.PRODUCER_FREEZE, TOKEN, PLAN, Sha256.of(rehearsal), NOW.minusSeconds(5), NOW.plusSeconds(60));
        store().put(OBJECTS.gate("producer-freeze"), ByteBuffer.wrap(Documents.write(gate)));

        assertThat(nextCommand()).isEqualTo("kraftlift approve --gate producer-freeze --dir " + folder.toString());
        out.getBuffer().setLength(0);
        assertThat(run("yes\n", "approve", "--gate", "producer-freeze", "--dir", folder.toString()))
                .isZero();

        assertThat(functions.outputs)
                .containsExactly(TOKEN + " "
                        + Documents.writeText(
                                new GateDecision(Decision.APPROVE, approver(), "", PLAN, Sha256.of(rehearsal))));
        assertThat(out.toString())
                .contains("asked    that every producer of the source stands still now; approving says that it does")
                .contains("freeze   predicted 2.500 s from then on, at most 60.000 s")
                .contains("moves    3 groups with 17 offsets, 64 partitions")
                .contains("warnings a warning")
                .doesNotContain(TOKEN);
    }

    @Test
    void remindsOfProducersThatAPersonStoppedUntilTheNextDecision() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        new Journal(store(), OBJECTS, Clock.fixed(NOW.minusSeconds(90), ZoneOffset.UTC))
                .append(Phase.TAIL, "unfreeze", Map.of());
        store().put(
                        OBJECTS.result(ReleaseByHand.NAME),
                        ByteBuffer.wrap(Documents.write(new ReleaseByHand(NOW.minusSeconds(80), 1))));

        assertThat(run("", "status", "--dir", folder.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "next    let the producers on the source go on, which were stopped by hand; then: a person decides"
                                + " about the cutover");

        out.getBuffer().setLength(0);
        new Journal(store(), OBJECTS, Clock.fixed(NOW, ZoneOffset.UTC))
                .append(Phase.DRAIN_READY, "cutover approved", Map.of("decision", "APPROVE"));
        assertThat(run("", "status", "--dir", folder.toString())).isZero();
        assertThat(out.toString()).doesNotContain("by hand");
    }

    @Test
    void showsTheJournalAsLinesAndAsJson() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        Journal journal = new Journal(store(), OBJECTS, Clock.fixed(NOW, ZoneOffset.UTC));
        journal.append(Phase.SEED, "seed", Map.of());
        journal.append(Phase.TAIL, "tail", Map.of());
        journal.append(Phase.DRAIN_READY, "drain_ready", Map.of("max_partition_lag", "0"));

        assertThat(run("", "journal", "--dir", folder.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "2026-11-23T10:00:00Z seed",
                        "2026-11-23T10:00:00Z seed -> tail",
                        "2026-11-23T10:00:00Z tail -> drain_ready: max_partition_lag=0");

        out.getBuffer().setLength(0);
        assertThat(run("", "journal", "--json", "--dir", folder.toString())).isZero();
        assertThat(Documents.mapper()
                        .readTree(out.toString())
                        .at("/2/facts/max_partition_lag")
                        .asText())
                .isEqualTo("0");
    }

    @Test
    void writesTheStatusAsOneObject() throws IOException {
        openCutoverGate(READY, NOW.plusSeconds(3_600));
        functions.status = "FAILED";

        assertThat(run("", "status", "--watch", "--json", "--dir", folder.toString()))
                .isZero();
        assertThat(Documents.mapper().readTree(out.toString()).path("execution").asText())
                .isEqualTo("FAILED");
        assertThat(out.toString()).doesNotContain(TOKEN);
    }

    private void openCutoverGate(DrainReadyReport report, Instant expires) throws IOException {
        Path config = Files.writeString(folder.resolve("m.yaml"), """
                source: {bootstrap_servers: "old:1", auth: {mode: plaintext}}
                target: {bootstrap_servers: "new:1", auth: {mode: plaintext}}
                backup: {directory: "%s"}
                evidence: {directory: "%s"}
                """.formatted(
                        folder.toRealPath().resolve("segments"), folder.resolve("proof")));
        Files.write(
                folder.resolve("endpoint.json"),
                Documents.write(new RunEndpoint(
                        URI.create("http://127.0.0.1:1"),
                        "arn:execution",
                        "arn:machine",
                        config.toString(),
                        "demo-1")));
        byte[] json = Documents.write(report);
        store().put(OBJECTS.result("drain-ready"), ByteBuffer.wrap(json));
        OpenedGate gate = new OpenedGate(Gate.CUTOVER, TOKEN, PLAN, Sha256.of(json), NOW.minusSeconds(60), expires);
        store().put(OBJECTS.gate("cutover"), ByteBuffer.wrap(Documents.write(gate)));
    }

    private FileObjectStore store() {
        return new FileObjectStore(folder.resolve("segments"));
    }

    private static String approver() {
        return Main.approver(surroundings());
    }

    private static Surroundings surroundings() {
        return new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, new SecureRandom());
    }

    private int run(String typed, String... arguments) {
        Terminal terminal = ScriptedTerminal.typing(typed, out, err);
        return Main.commandLine(terminal, surroundings(), endpoint -> functions).execute(arguments);
    }

    /** Keeps what it is sent. Confined to the test's thread. */
    private static final class FakeStepFunctions implements StepFunctions {
        private final List<String> outputs = new ArrayList<>();
        private boolean waits = true;
        private String status = "RUNNING";

        @Override
        public boolean sendTaskSuccess(String token, String output) {
            return waits && outputs.add(token + " " + output);
        }

        @Override
        public String startExecution(String stateMachineArn, String name, String input) {
            throw new AssertionError("nothing here starts executions");
        }

        @Override
        public void stopExecution(String executionArn, String error, String cause) {
            throw new AssertionError("nothing here stops executions");
        }

        @Override
        public Optional<String> redriveExecution(String executionArn) {
            throw new AssertionError("nothing here redrives executions");
        }

        @Override
        public Optional<ExecutionState> describe(String executionArn) {
            return Optional.of(new ExecutionState(status, NOW.minusSeconds(600), Optional.empty(), Optional.empty()));
        }

        @Override
        public void close() {}
    }
}
