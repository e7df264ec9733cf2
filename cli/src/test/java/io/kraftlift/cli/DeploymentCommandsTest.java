package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.aws.FakeAws;
import io.kraftlift.cli.runs.SdkStepFunctions;
import io.kraftlift.core.cutover.DrainReadyReport;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.local.states.ExecutionArn;
import io.kraftlift.local.states.StateMachineArn;
import io.kraftlift.local.states.StatesServer;
import io.kraftlift.local.states.TaskCall;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a deployment: the SDK's clients, the embedded Step Functions, and AWS on loopback. */
class DeploymentCommandsTest {
    private static final String STACK = "kraftlift-orders";
    private static final Sha256 PLAN = Sha256.of(new byte[] {1});
    private static final MigrationObjects OBJECTS = new MigrationObjects(new MigrationId("orders"));
    private static final DrainReadyReport READY = new DrainReadyReport(
            Instant.EPOCH, Instant.EPOCH, 7, 12, 1_234, 5_678_000, 0, 0, 2, 64, Map.of(), List.of());

    /** A migration's machine, as far as the commands see it: a gate that waits for a person, and an end. */
    private static final String DEFINITION = """
            {"QueryLanguage": "JSONata", "StartAt": "IsPlanOnly", "States": {
              "IsPlanOnly": {"Type": "Choice", "Default": "Gate",
                "Choices": [{"Condition": "{% $states.input.mode = 'PLAN_ONLY' %}", "Next": "Planned"}]},
              "Planned": {"Type": "Succeed"},
              "Gate": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                "Arguments": {"Payload": {"token": "{% $states.context.Task.Token %}"}}, "End": true}}}""";

    private final FakeAws aws = new FakeAws();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> before = new java.util.HashMap<>();

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    private StatesServer states = server(this::openGate);
    private StateMachineArn machine = states.create("migration", definition());

    @BeforeEach
    void deploy() {
        aws.stack(
                STACK,
                Map.of(
                        "StateMachine", machine.toString(),
                        "BackupBucket", "backup",
                        "EvidenceBucket", "proof",
                        "ApproverRole", "arn:aws:iam::111122223333:role/kraftlift-orders-approver"));
        set("aws.endpointUrl", aws.uri().toString());
        set("aws.region", "eu-west-1");
        set("aws.secretAccessKey", "secret");
        asWho("OPERATOR");
    }

    @AfterEach
    void end() {
        states.close();
        aws.close();
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void handsTheConfigurationOverAndStartsByTheStack() throws IOException {
        Path config = configuration("orders.yaml", "backup");
        String digest = Sha256.of(Files.readAllBytes(config)).hex();

        assertThat(start(config)).as(err.toString()).isZero();

        String key = "orders/configurations/" + digest + ".yaml";
        assertThat(aws.bucket().get(key)).hasValue(Files.readAllBytes(config));
        ExecutionArn started = onlyExecution();
        assertThat(started.toString()).endsWith(":orders-migrate-" + digest.substring(0, 12));
        assertThat(states.describe(started).input())
                .isEqualTo(Documents.mapper()
                        .readTree("{\"mode\":\"MIGRATE\",\"run\":{\"config\":{\"sha256\":\"" + digest
                                + "\",\"uri\":\"s3://backup/" + key + "\"},\"migration\":\"orders\"}}"));
        assertThat(out.toString())
                .contains("configuration  s3://backup/" + key)
                .contains("execution      " + started)
                .contains("  aws s3 cp " + config + " s3://backup/" + key + "\n")
                .contains("  aws stepfunctions start-execution --state-machine-arn " + machine + " --name ")
                .endsWith("Next:\n  kraftlift status --watch --stack kraftlift-orders --migration orders"
                        + " --endpoint-url " + states.endpoint() + "\n");
    }

    @Test
    void startsNothingTwice() throws IOException {
        Path config = configuration("orders.yaml", "backup");

        assertThat(start(config)).isZero();
        assertThat(start(config)).isZero();

        assertThat(states.executions(machine)).hasSize(1);
    }

    @Test
    void startsThePlanAloneAndFollowsItToItsEnd() throws IOException {
        Path config = configuration("orders.yaml", "backup");

        assertThat(start(config, "--plan-only", "--follow", "--migration", "night-7"))
                .as(err.toString())
                .isZero();
        assertThat(onlyExecution().toString()).contains(":night-7-plan-");
        assertThat(out.toString()).contains("Migration night-7: SUCCEEDED");

        assertThat(start(config, "--plan-only", "--migration", "night-7")).isEqualTo(4);
        assertThat(err.toString())
                .contains("must be new or run with the same input")
                .contains("another --name");
        assertThat(start(config, "--plan-only", "--migration", "night-7", "--name", "second-look"))
                .isZero();
    }

    @Test
    void exitsWithFourWhenWhatItFollowsFails() throws IOException {
        states.close();
        states = server(call -> {
            throw new io.kraftlift.local.states.TaskFailedException("Broken", "on purpose");
        });
        machine = states.create("migration", definition());
        deploy();

        assertThat(start(configuration("orders.yaml", "backup"), "--follow")).isEqualTo(4);
        assertThat(out.toString()).contains("Migration orders: FAILED").contains("cause   on purpose");
    }

    @Test
    void refusesAConfigurationThatTheFunctionsCouldNotUse() throws IOException {
        Path config = configuration("orders.yaml", "another");

        assertThat(start(config)).isEqualTo(3);
        assertThat(err.toString())
                .startsWith("kraftlift: " + config + ": backup.s3_bucket: must be the bucket of the deployment"
                        + " kraftlift-orders, \"backup\", was \"another\"; correct it, or --stack");

        Files.writeString(config, "x: ${HOME}\n");
        assertThat(start(config)).isEqualTo(3);
        Files.writeString(
                config, Files.readString(configuration("orders.yaml", "backup")).replace("old:1", "${BROKERS}"));
        assertThat(start(config)).isEqualTo(3);
        assertThat(err.toString())
                .contains("refers to BROKERS, which the deployed functions do not have")
                .contains("refer to a secret, ${secret:arn#key}");
        assertThat(states.executions(machine)).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheStack() throws IOException {
        Path config = configuration("orders.yaml", "backup");
        aws.stack("something-else", Map.of("Url", "x"));

        assertThat(run("", "status", "--stack", "kraftlift-order")).isEqualTo(11);
        assertThat(run("", "status", "--stack", STACK, "--region", "us-east-1")).isEqualTo(11);
        assertThat(run("", "start", "--stack", "something-else", "--config", config.toString()))
                .isEqualTo(4);
        asWho(FakeAws.EXPIRED);
        assertThat(run("", "journal", "--stack", STACK)).isEqualTo(4);

        assertThat(err.toString().lines())
                .containsExactly(
                        "kraftlift: --stack: must be a stack of eu-west-1 and of the account that is asked, there is none"
                                + " of the name kraftlift-order; give the name that cdk deploy said, or the right"
                                + " --region and --profile",
                        "kraftlift: --stack: must be a stack of us-east-1 and of the account that is asked, there is none"
                                + " of the name kraftlift-orders; give the name that cdk deploy said, or the right"
                                + " --region and --profile",
                        "kraftlift: the stack something-else must have the output StateMachine, has [Url] and is"
                                + " CREATE_COMPLETE; give the name of a Kraftlift stack, and deploy it to the end",
                        "kraftlift: ACCESS_DENIED: CloudFormation in eu-west-1 must show the stack kraftlift-orders, was refused (403"
                                + " ExpiredToken: The security token included in the request is expired, request R1);"
                                + " the credentials are expired or wrong: sign in again, or give another --profile");
    }

    @Test
    void asksAgainWhenCloudFormationHasNoTime() {
        aws.throttle(2);

        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint()))
                .isEqualTo(11);
        assertThat(err.toString()).contains("must have an execution, has none; begin it with kraftlift start");

        aws.throttle(9);
        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint()))
                .isEqualTo(5);
    }

    @Test
    void needsCredentialsThatTheProfileHas() {
        assertThat(run("", "status", "--stack", STACK, "--profile", "nobody-has-this"))
                .isEqualTo(4);
        assertThat(err.toString())
                .contains("CloudFormation in eu-west-1 must show the stack kraftlift-orders, could not be (")
                .contains("give AWS credentials and a region: by --profile and --region, or by the environment");
    }

    @Test
    void saysInFewWordsThatNoRegionIsSetAndThatNobodyAnswers() throws IOException {
        assumeTrue(System.getenv("AWS_REGION") == null, "skipped: AWS_REGION is set");
        set("aws.disableEc2Metadata", "true");
        set("aws.configFile", Files.writeString(folder.resolve("none"), "").toString());
        set("aws.region", "eu-west-1");
        System.clearProperty("aws.region");

        assertThat(run("", "status", "--stack", STACK)).isEqualTo(4);
        assertThat(err.toString())
                .isEqualTo(
                        "kraftlift: ACCESS_DENIED: CloudFormation in its region must show the stack kraftlift-orders,"
                                + " could not be (Unable to load region from any of the providers); give AWS credentials and a"
                                + " region: by --profile and --region, or by the environment\n");

        err.getBuffer().setLength(0);
        aws.close();
        assertThat(run("", "status", "--stack", STACK, "--region", "eu-west-1")).isEqualTo(5);
        assertThat(err.toString())
                .startsWith("kraftlift: SERVICE_UNREACHABLE: CloudFormation in eu-west-1 must show the stack"
                        + " kraftlift-orders, did not answer (")
                .endsWith("); is the region right, and the network up?\n");
    }

    @Test
    void showsStatusAndJournalOfTheExecutionThatRuns() throws IOException {
        assertThat(start(configuration("orders.yaml", "backup"))).isZero();
        awaitGate();
        journal(Phase.DRAIN_READY, "drain_ready");
        out.getBuffer().setLength(0);

        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .startsWith("Migration orders: RUNNING, drain_ready")
                // The operator may not read the gate, and sees that it is there.
                .contains("          kraftlift approve --gate cutover --stack kraftlift-orders --endpoint-url ")
                .contains(
                        "Equal AWS CLI commands:\n  aws cloudformation describe-stacks --stack-name kraftlift-orders\n"
                                + "  aws stepfunctions describe-execution --execution-arn " + onlyExecution())
                .contains("  aws s3 cp --recursive s3://backup/orders/status/ status/\n");

        out.getBuffer().setLength(0);
        assertThat(run("", "journal", "--stack", STACK, "--endpoint-url", endpoint()))
                .isZero();
        assertThat(out.toString().lines()).singleElement().asString().endsWith(" drain_ready");
        assertThat(err.toString()).contains("  aws s3 cp --recursive s3://backup/orders/journal/ journal/");
    }

    @Test
    void letsNobodyDecideButTheApproverWhomAwsNames() throws Exception {
        assertThat(start(configuration("orders.yaml", "backup"))).isZero();
        OpenedGate gate = awaitGate();
        String[] approve = {"approve", "--yes", "--ticket", "CHG-7", "--stack", STACK, "--endpoint-url", endpoint()};

        assertThat(run("", approve)).isEqualTo(4);
        assertThat(err.toString())
                .isEqualTo("kraftlift: the gate cutover must be decided by"
                        + " arn:aws:iam::111122223333:role/kraftlift-orders-approver, was asked for by"
                        + " arn:aws:sts::111122223333:assumed-role/OPERATOR/mara; become that role as docs/deploy.md says"
                        + " (Decide), and give its --profile\n");

        asWho(FakeAws.APPROVER);
        assertThat(run("", approve)).as(err.toString()).isZero();
        JsonNode output = states.await(onlyExecution(), Duration.ofMinutes(3)).output();
        assertThat(Objects.requireNonNull(output).path("approver").asText())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/APPROVER/mara");
        assertThat(output.path("report").asText())
                .isEqualTo(Sha256.of(Documents.write(READY)).hex());
        assertThat(out.toString())
                .contains("TOKEN=$(aws s3 cp s3://backup/orders/gates/cutover.json - | jq -r .token)")
                .contains("approve: sent as arn:aws:sts::111122223333:assumed-role/APPROVER/mara")
                .doesNotContain(gate.token());
        assertThat(err.toString()).doesNotContain(gate.token());
    }

    @Test
    void asksForTheMigrationWhereSeveralRun() throws IOException {
        Path config = configuration("orders.yaml", "backup");
        assertThat(start(config)).isZero();
        assertThat(start(config, "--migration", "payments")).isZero();

        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("give one of [orders, payments]");
        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint(), "--migration", "orders"))
                .isZero();
        assertThat(run("", "status", "--stack", STACK, "--endpoint-url", endpoint(), "--migration", "another"))
                .isEqualTo(11);
    }

    @Test
    void saysHowAChangedConfigurationIsHandedOver() throws Exception {
        Path config = configuration("orders.yaml", "backup");
        assertThat(start(config)).isZero();
        ExecutionArn first = onlyExecution();
        states.stop(first, null, null);
        assertThat(states.await(first, Duration.ofMinutes(1)).status().name()).isEqualTo("ABORTED");
        claim(first, config);
        Files.writeString(config, Files.readString(config) + "cutover: {drain_max_partition_lag: 7}\n");
        String digest = Sha256.of(Files.readAllBytes(config)).hex();
        out.getBuffer().setLength(0);

        assertThat(run("", "resume", "--stack", STACK, "--config", config.toString(), "--endpoint-url", endpoint()))
                .as(err.toString())
                .isZero();

        String key = "orders/configurations/" + digest + ".yaml";
        assertThat(aws.bucket().get(key)).hasValue(Files.readAllBytes(config));
        assertThat(out.toString())
                .contains("Equal AWS CLI command:\n  aws s3 cp " + config + " s3://backup/" + key + "\n")
                .contains("Equal AWS CLI command:\n  aws stepfunctions start-execution --state-machine-arn " + machine);
    }

    /** What ClaimRun does. */
    private void claim(ExecutionArn owner, Path config) throws IOException {
        byte[] content = Files.readAllBytes(config);
        ReadConfig read = ConfigReader.ofDeployment(SecretSource.UNREAD).read(config.toString(), content);
        MigrationLease lease = MigrationLease.first(new MigrationLease.Claimant(
                owner.toString(),
                new ObjectReference(URI.create("s3://backup/orders.yaml"), Sha256.of(content)),
                read.fingerprint(),
                Documents.mapper().readTree(read.redactedJson()),
                Instant.EPOCH));
        aws.bucket().put(OBJECTS.lease().value(), Documents.write(lease));
    }

    private int start(Path config, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("start", "--stack", STACK, "--config", config.toString(), "--endpoint-url", endpoint()));
        arguments.addAll(List.of(more));
        return run("", arguments.toArray(String[]::new));
    }

    private String endpoint() {
        return states.endpoint().toString();
    }

    private Path configuration(String name, String backup) throws IOException {
        return Files.writeString(folder.resolve(name), """
                source: {bootstrap_servers: "old:1", auth: {mode: scram-sha-512, username: u, password: "${secret:arn:aws:secretsmanager:eu-west-1:1:secret:s#p}"}}
                target: {bootstrap_servers: "new:1", auth: {mode: plaintext}}
                backup: {s3_bucket: %s}
                evidence: {s3_bucket: proof}
                """.formatted(backup));
    }

    private ExecutionArn onlyExecution() {
        assertThat(states.executions(machine)).hasSize(1);
        return states.executions(machine).get(0).arn();
    }

    private OpenedGate awaitGate() {
        String key = OBJECTS.gate("cutover").value();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> aws.bucket().get(key).isPresent());
        return Documents.read(aws.bucket().get(key).orElseThrow(), OpenedGate.class, key);
    }

    /** What OpenGate does. */
    private JsonNode openGate(TaskCall call) {
        byte[] report = Documents.write(READY);
        aws.bucket().put(OBJECTS.result("drain-ready").value(), report);
        Instant now = Instant.now();
        OpenedGate gate = new OpenedGate(
                Gate.CUTOVER,
                call.arguments().path("Payload").path("token").asText(),
                PLAN,
                Sha256.of(report),
                now,
                now.plusSeconds(3_600));
        aws.bucket().put(OBJECTS.gate("cutover").value(), Documents.write(gate));
        return NullNode.getInstance();
    }

    private void journal(Phase phase, String what) {
        InMemoryObjectStore store = new InMemoryObjectStore();
        new Journal(store, OBJECTS, Clock.systemUTC()).append(phase, what, Map.of());
        aws.bucket()
                .put(
                        OBJECTS.journalEntry(0).value(),
                        store.get(OBJECTS.journalEntry(0)).orElseThrow().content());
    }

    private static StatesServer server(io.kraftlift.local.states.TaskIntegration work) {
        try {
            return StatesServer.builder()
                    .integration("arn:aws:states:::lambda:invoke", work)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("loopback must be there", e);
        }
    }

    private static JsonNode definition() {
        try {
            return Documents.mapper().readTree(DEFINITION.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void asWho(String accessKey) {
        set("aws.accessKeyId", accessKey);
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)).orElse(""));
        System.setProperty(name, value);
    }

    private int run(String typed, String... arguments) {
        Terminal terminal = ScriptedTerminal.typing(typed, out, err);
        Surroundings surroundings =
                new Surroundings(Map.of(), Clock.systemUTC(), duration -> Thread.sleep(20), new SecureRandom());
        return Main.commandLine(terminal, surroundings, SdkStepFunctions::open).execute(arguments);
    }
}
