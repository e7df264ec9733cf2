package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.Broker;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.TrustSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.signin.AwsIdentity;
import io.kraftlift.testkit.signin.SignIn;
import io.kraftlift.testkit.signin.SignIns;
import io.kraftlift.testkit.signin.WrongWayIn;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Brokers that want to know who comes, and want to know it again every two seconds; one subclass for each pair of releases. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SignInContract {
    static final String SESSIONS = "connections.max.reauth.ms=2000";

    /** Lets a broker log when a client signs in again. */
    static final String SAY_WHO_COMES_AGAIN =
            "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.security.authenticator.SaslServerAuthenticator=debug";

    /** What a broker logs when a client signs in again over an open connection. */
    private static final String AGAIN = "Beginning re-authentication";

    /** Far below the minute that a client is patient with a broker that is not there. */
    private static final long SECONDS_TO_A_NAME = 20;

    private final Clusters clusters;
    private final SignIns signIns;
    private final Admin source;
    private final Admin target;
    private Optional<AwsIdentity> identity = Optional.empty();

    SignInContract(Clusters clusters) {
        this.clusters = clusters;
        this.signIns = clusters.signIns();
        this.source = Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
        this.target = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
    }

    @AfterEach
    void beNobody() {
        identity.ifPresent(AwsIdentity::close);
        identity = Optional.empty();
    }

    @AfterAll
    void close() {
        source.close();
        target.close();
    }

    @ParameterizedTest
    @CsvSource({"SCRAM, IAM", "IAM, MTLS", "MTLS, TLS", "TLS, SCRAM"})
    void losesAndDoublesNothingWhileItSignsInAgainAndAgain(SignIn onSource, SignIn onTarget) throws Exception {
        identity = Optional.of(signIns.awsUser().assume());
        MixedTopics topics = new MixedTopics(
                "by-" + onSource + "-and-" + onTarget, clusters.source().bootstrapServers(), source, 31);
        topics.createOne("lz4", 2);
        topics.createOne(target, "transactional", 2);
        LaneHarness lane = new LaneHarness(
                        clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()))
                .by(signIns.to(clusters.source(), onSource), signIns.to(clusters.target(), onTarget));
        long sourceBefore = again(clusters.source());
        long targetBefore = again(clusters.target());

        CompletableFuture<Void> tail = lane.tail();
        do {
            topics.write("lz4", "lz4", 24);
            topics.transactions();
        } while (!tail.isDone()
                && (expected(onSource) > again(clusters.source()) - sourceBefore
                        || expected(onTarget) > again(clusters.target()) - targetBefore));

        Map<PartitionId, SourceOffset> ends = ends(lane);
        lane.control(LaneControl.first().drain(ends));
        lane.awaitDrained(ends, tail);
        new Invariants(lane).holdAt(ends);
        lane.control(LaneControl.first().drain(ends).stop());
        tail.get(20, TimeUnit.SECONDS);
        assertThat(lane.digest().allMatch()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void namesWhyTheSourceDoesNotLetItIn(WrongWayIn wrong) throws Exception {
        LaneHarness lane = lane("source-" + wrong);
        identity = Optional.of(wrong.assume(signIns));
        ClusterSettings cluster = wrong.to(clusters.source(), signIns);

        KraftliftFailure refused = failureOf(
                lane.by(cluster, LaneHarness.plaintext(clusters.target())).tail());

        assertNamed(refused, wrong, "source", cluster);
    }

    @ParameterizedTest
    @EnumSource
    void namesWhyTheTargetDoesNotLetItIn(WrongWayIn wrong) throws Exception {
        LaneHarness lane = lane("target-" + wrong);
        identity = Optional.of(wrong.assume(signIns));
        ClusterSettings cluster = wrong.to(clusters.target(), signIns);

        KraftliftFailure refused = failureOf(
                lane.by(LaneHarness.plaintext(clusters.source()), cluster).tail());

        assertNamed(refused, wrong, "target", cluster);
    }

    @Test
    void stopsWithANameWhenTheUserIsDismissedAndGoesOnWhenHeIsBack() throws Exception {
        MixedTopics topics = new MixedTopics("dismissed", clusters.source().bootstrapServers(), source, 32);
        topics.createOne(target, "none", 1);
        LaneHarness lane = new LaneHarness(
                        clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()))
                .by(signIns.to(clusters.source(), SignIn.SCRAM), LaneHarness.plaintext(clusters.target()));
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        awaitCopied(lane, 12);

        signIns.dismissUser(clusters.source());
        try {
            KraftliftFailure refused = failureOf(tail);
            assertThat(refused.failureName()).isEqualTo(FailureName.ACCESS_DENIED);
            assertThat(refused).hasMessageContaining("source.auth.mode scram-sha-512");
        } finally {
            signIns.admitUser(clusters.source());
        }

        topics.write("none", "none", 12);
        LaneHarness again = lane.over(new PrivateLease(lane.store))
                .by(signIns.to(clusters.source(), SignIn.SCRAM), LaneHarness.plaintext(clusters.target()));
        CompletableFuture<Void> next = again.tail();
        Map<PartitionId, SourceOffset> ends = ends(lane);
        lane.control(LaneControl.first().drain(ends));
        lane.awaitDrained(ends, next);
        new Invariants(lane).holdAt(ends);
        lane.control(LaneControl.first().drain(ends).stop());
        next.get(20, TimeUnit.SECONDS);
    }

    @Test
    void stopsWithANameWhenItsAwsSessionEndsWhileItCopies() throws Exception {
        AwsIdentity session = signIns.awsSession(Instant.now().plus(Duration.ofDays(1)));
        identity = Optional.of(session.assume());
        MixedTopics topics = new MixedTopics("expiring", clusters.source().bootstrapServers(), source, 33);
        topics.createOne(target, "none", 1);
        LaneHarness lane = new LaneHarness(
                        clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()))
                .by(LaneHarness.plaintext(clusters.source()), signIns.to(clusters.target(), SignIn.IAM));
        CompletableFuture<Void> tail = lane.tail();
        topics.write("none", "none", 12);
        awaitCopied(lane, 12);

        signIns.end(session);
        Instant deadline = Instant.now().plusSeconds(SECONDS_TO_A_NAME);
        while (!tail.isDone() && Instant.now().isBefore(deadline)) {
            topics.write("none", "none", 6);
        }
        KraftliftFailure refused = failureOf(tail);

        assertThat(refused.failureName()).isEqualTo(FailureName.ACCESS_DENIED);
        assertThat(refused).hasMessageContaining("target.auth.mode iam");
    }

    @Test
    void aWorkersProcessEndsWithTheReasonAsItsLastLine(@TempDir Path directory) throws Exception {
        FileObjectStore store = new FileObjectStore(directory.resolve("store"));
        LaneHarness lane = lane("process").over(store);
        store.put(lane.objects.plan("lanes.json"), ByteBuffer.wrap(Documents.write(new LanePlans(List.of(lane.plan)))));
        AuthSettings.ScramSha512 wrong = (AuthSettings.ScramSha512) signIns.wrongPassword();
        TrustSettings trust = Objects.requireNonNull(wrong.trust());
        String yaml = String.join(
                "\n",
                "source:",
                "  bootstrap_servers: " + clusters.source().bootstrapServers(),
                "  auth: {mode: plaintext}",
                "target:",
                "  bootstrap_servers: " + clusters.target().bootstrapServers(SignIn.SCRAM.name()),
                "  auth:",
                "    mode: scram-sha-512",
                "    username: " + wrong.username(),
                "    password: " + wrong.password().reveal(),
                "    truststore: " + trust.truststore(),
                "    truststore_password: " + trust.password().reveal(),
                "backup: {directory: " + directory.resolve("store") + "}",
                "evidence: {directory: " + directory.resolve("evidence") + "}",
                "");
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("kraftlift.yaml"), bytes);
        RunReference run =
                new RunReference(lane.objects.migration(), new ObjectReference(file.toUri(), Sha256.of(bytes)));
        Surroundings real = Surroundings.real();
        Map<String, String> environment = Map.of(
                WorkerEnvironment.RUN,
                Documents.writeText(run),
                WorkerEnvironment.LANE,
                LaneHarness.LANE.toString(),
                WorkerEnvironment.MODE,
                ReplicationMode.TAIL.name());
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        ExitStatus status = new WorkerProcess(
                        new Surroundings(environment, real.clock(), real.sleeper(), real.random()),
                        new PrintStream(errors, true, StandardCharsets.UTF_8))
                .run();

        assertThat(status.code()).isEqualTo(10);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("target: cannot sign in with target.auth.mode scram-sha-512 (")
                .contains("check target.auth.username and target.auth.password")
                .doesNotContain(wrong.password().reveal());
    }

    private static void assertNamed(KraftliftFailure refused, WrongWayIn wrong, String side, ClusterSettings cluster) {
        assertThat(refused.failureName()).as(refused.getMessage()).isEqualTo(wrong.failure());
        assertThat(refused)
                .hasMessageContaining(side + ".auth.mode")
                .hasMessageContaining(cluster.auth().mode())
                .hasMessageContaining("; ");
    }

    private static int expected(SignIn how) {
        return how == SignIn.SCRAM || how == SignIn.IAM ? 2 : 0;
    }

    private static long again(KafkaCluster cluster) {
        return cluster.brokers().stream()
                .map(Broker::logFile)
                .mapToLong(log -> {
                    try (var lines = Files.lines(log)) {
                        return lines.filter(line -> line.contains(AGAIN)).count();
                    } catch (IOException e) {
                        throw new IllegalStateException(log + ": cannot be read", e);
                    }
                })
                .sum();
    }

    private LaneHarness lane(String prefix) throws Exception {
        MixedTopics topics = new MixedTopics(prefix, clusters.source().bootstrapServers(), source, 34);
        topics.createOne(target, "none", 1);
        return new LaneHarness(clusters, new InMemoryObjectStore(), LaneHarness.plan(source, topics.names()));
    }

    private Map<PartitionId, SourceOffset> ends(LaneHarness lane) throws Exception {
        List<TopicPartition> partitions = lane.plan.partitions().stream()
                .map(LanePartition::partition)
                .map(id -> new TopicPartition(id.topic().value(), id.index()))
                .toList();
        return LaneHarness.ends(source, partitions);
    }

    private static void awaitCopied(LaneHarness lane, int records) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lane.hasCheckpoint()
                        && lane.checkpoint().partitions().values().stream()
                                .allMatch(progress -> progress.records() == records));
    }

    private static KraftliftFailure failureOf(CompletableFuture<Void> run) throws Exception {
        try {
            run.get(SECONDS_TO_A_NAME, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (Objects.requireNonNull(e.getCause()) instanceof KraftliftFailure failure) {
                return failure;
            }
            throw e;
        }
        throw new AssertionError("the run ended well");
    }
}
