package io.kraftlift.lambdas.opengate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.LeaseObject;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.lambdas.runtime.ConfigurationSource;
import io.kraftlift.lambdas.runtime.StateHandler;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.payloads.GateDecision;
import io.kraftlift.statemachine.payloads.OpenedGate;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.statemachine.payloads.StateRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates and safety net through their JSON boundary. */
final class GatesTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String PLAN = "a".repeat(64);
    private static final String REPORT = "b".repeat(64);
    private static final String RUN =
            "{\"migration\":\"m1\",\"config\":{\"uri\":\"file:///c.yaml\",\"sha256\":\"" + "c".repeat(64) + "\"}}";

    private final Surroundings surroundings =
            new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, new SecureRandom());
    private final ConfigurationSource configurations;
    private final MigrationRun run;

    GatesTest(@TempDir Path directory) {
        MigrationConfig config = config(directory);
        configurations = reference -> new ReadConfig(config, Sha256.of(new byte[] {7}), "{}");
        run = new MigrationRun(new MigrationId("m1"), config, Sha256.of(new byte[] {7}), surroundings);
    }

    @Test
    void notesTheTokenDownInTheGatesObjectAndNowhereElse() throws IOException {
        String answer = call(new Handler(surroundings, configurations), """
                {"run":%s,"gate":"CUTOVER","token":"TOKEN-1","plan":"%s","report":"%s","expiries":0}""".formatted(RUN, PLAN, REPORT));

        assertThat(answer).isEqualTo("{\"expires_at\":\"2026-03-04T06:06:07Z\",\"gate\":\"CUTOVER\"}");
        OpenedGate gate = run.read(run.objects().gate("cutover"), OpenedGate.class);
        assertThat(gate.token()).isEqualTo("TOKEN-1");
        assertThat(gate.plan()).isEqualTo(new Sha256(PLAN));
        assertThat(gate.report()).isEqualTo(new Sha256(REPORT));
        assertThat(gate.toString()).doesNotContain("TOKEN-1");
        assertThat(run.journal().entries().toString()).doesNotContain("TOKEN-1");
    }

    @Test
    void replacesTheTokenWhenAGateIsOpenedAgain() throws IOException {
        Handler handler = new Handler(surroundings, configurations);
        call(handler, """
                {"run":%s,"gate":"CLIENT_SWITCH","token":"TOKEN-1","plan":"%s","expiries":0}""".formatted(RUN, PLAN));
        call(handler, """
                {"run":%s,"gate":"CLIENT_SWITCH","token":"TOKEN-2","plan":"%s","expiries":1}""".formatted(RUN, PLAN));

        assertThat(run.read(run.objects().gate("client-switch"), OpenedGate.class)
                        .token())
                .isEqualTo("TOKEN-2");
    }

    @Test
    void tellsOfEveryTimeThatAGateIsOpenedAgainBecauseNobodyDecided() throws IOException {
        Handler handler = new Handler(surroundings, configurations);
        for (int expiries = 0; expiries < 3; expiries++) {
            call(handler, """
                    {"run":%s,"gate":"CLIENT_SWITCH","token":"TOKEN-%d","plan":"%s","expiries":%d}""".formatted(RUN, expiries, PLAN, expiries));
        }

        assertThat(run.journal().entries())
                .extracting(JournalEntry::line)
                .containsExactly(
                        "2026-03-04T05:06:07Z awaiting_client_switch gate client-switch opened again after expiry 1:"
                                + " expires_at=2026-03-04T06:06:07Z",
                        "2026-03-04T05:06:07Z awaiting_client_switch gate client-switch opened again after expiry 2:"
                                + " expires_at=2026-03-04T06:06:07Z");
        assertThat(run.backup().get(run.objects().result("expired-client-switch")))
                .hasValueSatisfying(expired -> assertThat(new String(expired.content(), UTF_8))
                        .isEqualTo("{\"expires_at\":\"2026-03-04T06:06:07Z\",\"expiries\":2,\"gate\":\"CLIENT_SWITCH\","
                                + "\"opened_again_at\":\"2026-03-04T05:06:07Z\"}"));
    }

    @Test
    void keepsWhoAcknowledgedTheClientSwitch() throws IOException {
        call(new io.kraftlift.lambdas.recorddecision.Handler(surroundings, configurations), """
                {"run":%s,"gate":"CLIENT_SWITCH","decision":{"decision":"APPROVE","approver":"ann@host",\
                "ticket":"CHG-7","plan":"%s"}}""".formatted(RUN, PLAN));

        GateDecision kept = run.read(run.objects().gate("client-switch-decision"), GateDecision.class);
        assertThat(kept.decision()).isEqualTo(Decision.APPROVE);
        assertThat(run.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.to()).isEqualTo(Phase.VALIDATING);
            assertThat(entry.facts()).containsEntry("approver", "ann@host").containsEntry("ticket", "CHG-7");
        });
    }

    @Test
    void findsTheRunInAnEventOfEventBridge() throws IOException {
        owned();

        String answer = call(new io.kraftlift.lambdas.safetynet.Handler(surroundings, configurations), ended());

        assertThat(answer).isEqualTo("{\"responsible\":true,\"unfrozen\":false}");
        assertThat(run.journal().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.to()).isEqualTo(Phase.FAILED));
    }

    /** The event has the execution's input, which is of before the restart. */
    @Test
    void securesWhatIsUnderWayAfterARestart() throws IOException {
        owned();
        RequestStreamHandler handler = new io.kraftlift.lambdas.safetynet.Handler(surroundings, configurations);
        String first = call(handler, ended());
        MigrationLease unused = new LeaseObject(run).change(1, MigrationLease::cleared);
        MigrationRun restarted = run.inRestart(1);
        restarted.write(restarted.objects().control(), LaneControl.first().drain(Map.of()));

        String second = call(handler, ended());

        assertThat(second).isEqualTo(first);
        assertThat(restarted
                        .read(restarted.objects().control(), LaneControl.class)
                        .state())
                .isEqualTo(DesiredState.RUN);
    }

    @Test
    void refusesToWorkForAnExecutionThatHasLostTheMigration() {
        owned();
        String lost = RUN.replace("\"migration\":", "\"generation\":2,\"migration\":");

        assertThatThrownBy(() -> call(new Handler(surroundings, configurations), """
                {"run":%s,"gate":"CUTOVER","token":"TOKEN-1","plan":"%s","report":"%s","expiries":0}""".formatted(lost, PLAN, REPORT)))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("MIGRATION_OWNED_BY_ANOTHER_RUN");

        assertThat(run.backup().get(run.objects().gate("cutover"))).isEmpty();
    }

    @Test
    void worksForWhoeverFrozeProducersWhereThatIsWhatItIsFor() throws IOException {
        owned();
        StateHandler<StateRequest, StateRequest> forAnybody =
                new StateHandler<>(StateRequest.class, surroundings, configurations) {
                    @Override
                    protected boolean isForTheOwnerOnly() {
                        return false;
                    }

                    @Override
                    protected RunReference runOf(StateRequest request) {
                        return request.run();
                    }

                    @Override
                    protected StateRequest handle(MigrationRun opened, StateRequest request) {
                        return request;
                    }
                };

        assertThat(call(
                        forAnybody,
                        "{\"run\":" + RUN.replace("\"migration\":", "\"generation\":2,\"migration\":") + "}"))
                .contains("\"generation\":2");
    }

    private void owned() {
        MigrationLease unused = new LeaseObject(run)
                .change(none -> Optional.of(MigrationLease.first(new MigrationLease.Claimant(
                        "arn:x",
                        new ObjectReference(URI.create("file:///c.yaml"), run.fingerprint()),
                        run.fingerprint(),
                        Documents.mapper().createObjectNode(),
                        NOW))));
    }

    private static String ended() {
        return event("\"input\":" + Documents.writeText("{\"mode\":\"MIGRATE\",\"run\":" + RUN + "}") + ",");
    }

    @Test
    void saysWhatToDoWhenTheEventDoesNotTellTheRun() {
        assertThatThrownBy(
                        () -> call(new io.kraftlift.lambdas.safetynet.Handler(surroundings, configurations), event("")))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("by hand");
    }

    private static String event(String input) {
        return """
                {"version":"0","id":"1","detail-type":"Step Functions Execution Status Change","source":"aws.states",
                "account":"1","time":"2026-03-04T05:06:07Z","region":"eu-west-1","resources":["arn:x"],
                "detail":{"executionArn":"arn:x","stateMachineArn":"arn:m","name":"x","status":"ABORTED",%s
                "startDate":1,"stopDate":2,"output":null,"inputDetails":{"included":true}}}""".formatted(input);
    }

    private static String call(RequestStreamHandler handler, String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(request.getBytes(UTF_8)), answer, null);
        return answer.toString(UTF_8);
    }

    private static MigrationConfig config(Path directory) {
        ClusterSettings nowhere =
                new ClusterSettings(new ClusterLocation.Bootstrap("localhost:1"), new AuthSettings.Plaintext());
        StoreSettings store = new StoreSettings.Directory(directory.toString());
        return new MigrationConfig(
                nowhere,
                nowhere,
                new TopicSelection(List.of(), List.of()),
                store,
                new EvidenceSettings(store, Period.ofYears(7), null),
                new SeedSettings(4, ByteSize.mebibytes(1), 1, null),
                ConfigDrift.FAIL,
                new CutoverSettings(
                        Duration.ofMinutes(1),
                        5,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofHours(1)),
                new ValidationSettings(ValidationMode.FULL, 0, 3),
                AclDrift.MERGE);
    }
}
