package io.kraftlift.access.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.report.Sealing.Sealed;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.signing.EvidenceFile;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.access.signing.SigningKey;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.validation.CheckName;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.core.validation.ValidationReport;
import io.kraftlift.core.validation.ValidationReport.CutoverChecks;
import io.kraftlift.testkit.stores.LockingStore;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
    private static final Instant NOON = Instant.parse("2026-04-25T12:00:00Z");
    private static final String TOKEN = "AQCEAAAAKgAAAAMAAAAA-a-task-token";

    @TempDir
    private Path folder = Path.of("");

    private final AtomicInteger released = new AtomicInteger();

    @Test
    void storesGenuineEvidenceOnceAndClosesTheJournal() throws Exception {
        MigrationRun run = aFinishedMigration(Outcome.PASSED, NOON);

        Sealed sealed = seal(run);

        byte[] file = Files.readAllBytes(Path.of(sealed.evidence()));
        assertThat(EvidenceVerifier.verify(file, sealed.keyId()))
                .isInstanceOfSatisfying(
                        Genuine.class,
                        genuine -> assertThat(genuine)
                                .returns("orders-2026", Genuine::migration)
                                .returns("PASSED", Genuine::validation));
        assertThat(released).hasValue(1);
        assertThat(lastEntry(run).to()).isEqualTo(Phase.FINALIZED);
        assertThat(lastEntry(run).facts())
                .containsEntry("key_id", sealed.keyId().hex());
    }

    @Test
    void bringsTogetherWhatTheStepsLeftAndNoToken() throws Exception {
        Sealed sealed = seal(aFinishedMigration(Outcome.PASSED, NOON));

        String file = Files.readString(Path.of(sealed.evidence()));
        JsonNode bundle = Sealing.bundleOf(EvidenceFile.parse(file.getBytes(StandardCharsets.UTF_8)));
        assertThat(bundle.at("/validation/overall").asText()).isEqualTo("PASSED");
        for (String check : List.of(
                "topic_parity",
                "counts_and_offsets",
                "spot_check_records",
                "sentinel_presence",
                "consumer_group_reconciliation")) {
            assertThat(bundle.at("/validation/" + check + "/outcome").asText()).isEqualTo("PASSED");
        }
        assertThat(bundle.at("/config/source/bootstrap_servers").asText()).isEqualTo("old:9092");
        assertThat(bundle.at("/execution").asText()).isEqualTo("arn:aws:states:eu-west-1:1:execution:m:night");
        assertThat(bundle.at("/plan/lanes/lanes").isArray()).isTrue();
        assertThat(bundle.at("/clusters/source/mode").asText()).isEqualTo("zookeeper");
        assertThat(bundle.at("/findings/findings/0/code").asText()).isEqualTo("W05");
        assertThat(bundle.at("/statistics/seed/0/records").asLong()).isEqualTo(1_204_331);
        assertThat(bundle.at("/copied/0/segment").asLong()).isEqualTo(41);
        assertThat(bundle.at("/gaps/0/first").asLong()).isEqualTo(120);
        assertThat(bundle.at("/cutover/frozen_millis").asLong()).isEqualTo(3_412);
        assertThat(bundle.at("/approvals/cutover/approver").asText()).isEqualTo("ana@ops");
        assertThat(bundle.at("/holds_released/0/key").asText()).isEqualTo("retention.ms");
        assertThat(bundle.path("journal")).hasSize(7);
        assertThat(file).doesNotContain(TOKEN);
    }

    /** The role that seals may not read them. Here, whoever reads this one runs out of memory. */
    @Test
    void doesNotEvenReadATasksToken() throws Exception {
        MigrationRun run = aFinishedMigration(Outcome.PASSED, NOON);
        Path token = folder.resolve("backup/orders-2026/gates/cutover.json");
        try (RandomAccessFile file = new RandomAccessFile(token.toFile(), "rw")) {
            file.setLength(3L << 30);
        }

        assertThat(seal(run).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void rendersAPageThatNeedsNoNetworkAndEscapesWhatItShows() throws Exception {
        Sealed sealed = seal(aFinishedMigration(Outcome.WARNING, NOON));

        String page = Files.readString(Path.of(sealed.report()));
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("report-example.html"), page);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains(sealed.keyId().hex(), "orders-2026", "WARNING", "default-src 'none'")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "http://", "https://", "@import", "url(", TOKEN);
        assertThat(page.split("<h2 id=\"", -1))
                .extracting(part -> part.substring(0, Math.max(0, part.indexOf('"'))))
                .containsSubsequence(
                        "checks",
                        "phases",
                        "freeze",
                        "copying",
                        "topics",
                        "groups",
                        "gaps",
                        "findings",
                        "approvals",
                        "holds",
                        "journal");
        assertThat(page).contains("3.412 s", "1,204,331", "orders/7", "ana@ops", "CHG-77");
    }

    @Test
    void keepsItsOwnEvidenceWhenItRunsAgain() throws Exception {
        MigrationRun run = aFinishedMigration(Outcome.PASSED, NOON);
        Sealed first = seal(run);
        byte[] file = Files.readAllBytes(Path.of(first.evidence()));

        assertThat(seal(run)).isEqualTo(first);
        assertThat(Files.readAllBytes(Path.of(first.evidence()))).isEqualTo(file);
    }

    @Test
    void storesEvidenceOfAFailedValidationKeepsTheHoldsAndFails() throws Exception {
        MigrationRun run = aFinishedMigration(Outcome.FAILED, NOON);

        assertThatThrownBy(() -> seal(run))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("VALIDATION_FAILED");
        assertThat(released).hasValue(0);
        assertThat(lastEntry(run).to()).isEqualTo(Phase.FAILED);
        byte[] file = Files.readAllBytes(folder.resolve("evidence/orders-2026/evidence.json"));
        assertThat(EvidenceVerifier.verify(file, null))
                .isInstanceOfSatisfying(
                        Genuine.class,
                        genuine -> assertThat(genuine.validation()).isEqualTo("FAILED"));
    }

    @Test
    void storesTheEvidenceOfALaterValidationBesideTheEarlier() throws Exception {
        MigrationRun failed = aFinishedMigration(Outcome.FAILED, NOON);
        assertThatThrownBy(() -> seal(failed)).isInstanceOf(OperatorActionNeeded.class);
        byte[] first = Files.readAllBytes(folder.resolve("evidence/orders-2026/evidence.json"));

        Sealed sealed = seal(aFinishedMigration(Outcome.PASSED, NOON.plusSeconds(600)));

        assertThat(sealed.evidence().getPath()).endsWith("/orders-2026/evidence-2.json");
        assertThat(sealed.report().getPath()).endsWith("/orders-2026/report-2.html");
        assertThat(Files.readAllBytes(folder.resolve("evidence/orders-2026/evidence.json")))
                .isEqualTo(first);
    }

    @Test
    void refusesEvidenceThatSomebodyElsePutThere() throws Exception {
        MigrationRun run = aFinishedMigration(Outcome.PASSED, NOON);
        run.evidence().put(run.objects().evidence("evidence.json"), ByteBuffer.wrap(new byte[] {'{', '}'}));

        assertThatThrownBy(() -> seal(run)).isInstanceOf(InvariantBroken.class).hasMessageContaining("evidence.json");
        assertThat(Files.readString(folder.resolve("evidence/orders-2026/evidence.json")))
                .isEqualTo("{}");
    }

    @Test
    void locksEvidenceAndReportForAsLongAsTheConfigurationSays() throws Exception {
        LockingStore evidence = new LockingStore(null);
        MigrationRun run = over(aFinishedMigration(Outcome.PASSED, NOON), evidence);

        seal(run);

        Instant until = Instant.parse("2033-04-25T12:15:00Z");
        assertThat(evidence.locks())
                .isEqualTo(Map.of(
                        run.objects().evidence("evidence.json"), until,
                        run.objects().evidence("report.html"), until));
        assertThat(lastEntry(run).facts()).containsEntry("locked_for", "P7Y");
    }

    @Test
    void keepsEvidenceUnlockedInABucketThatWasMadeWithoutLocksAndSaysSo() throws Exception {
        LockingStore evidence = new LockingStore(FailureName.CONFIGURATION_WRONG);
        MigrationRun run = over(aFinishedMigration(Outcome.PASSED, NOON), evidence);

        seal(run);

        assertThat(evidence.get(run.objects().evidence("evidence.json"))).isPresent();
        assertThat(evidence.get(run.objects().evidence("report.html"))).isPresent();
        assertThat(lastEntry(run).facts()).containsEntry("locked_for", "none");
    }

    @Test
    void failsWhereLockingIsNotAllowed() {
        LockingStore evidence = new LockingStore(FailureName.ACCESS_DENIED);
        MigrationRun run = over(aFinishedMigration(Outcome.PASSED, NOON), evidence);

        assertThatThrownBy(() -> seal(run))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageStartingWith("ACCESS_DENIED");
        assertThat(evidence.list(run.objects().evidence("evidence.json"))).isEmpty();
        assertThat(lastEntry(run).to()).isNotEqualTo(Phase.FINALIZED);
    }

    @Test
    void signsWithTheKeyThatTheConfigurationHas() throws Exception {
        String pem = """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """;
        MigrationRun run = aFinishedMigration(Outcome.PASSED, NOON);
        EvidenceSettings settings =
                new EvidenceSettings(run.config().evidence().store(), Period.ofYears(7), null, new Secret(pem));

        Sealed sealed = seal(new MigrationRun(
                run.migration(),
                new ReadConfig(config(settings), run.fingerprint(), run.redactedConfig()),
                run.surroundings()));

        assertThat(sealed.keyId()).isEqualTo(SigningKey.of(new Secret(pem)).keyId());
        assertThat(Files.readString(Path.of(sealed.evidence()))).doesNotContain("IJ1hsZ3v");
    }

    private MigrationRun over(MigrationRun run, ObjectStore evidence) {
        return new MigrationRun(
                run.migration(),
                new ReadConfig(run.config(), run.fingerprint(), run.redactedConfig()),
                run.surroundings(),
                new MigrationRun.Stores(run.backup(), evidence));
    }

    private Sealed seal(MigrationRun run) throws InterruptedException {
        return new Sealing(run, ofRun -> released.incrementAndGet()).seal();
    }

    private static JournalEntry lastEntry(MigrationRun run) {
        List<JournalEntry> entries = run.journal().entries();
        return entries.get(entries.size() - 1);
    }

    /** A run whose earlier steps have left their documents. */
    private MigrationRun aFinishedMigration(Outcome outcome, Instant validatedAt) {
        MigrationRun run = run(NOON.plusSeconds(900), null);
        put(run, "plan/lanes.json", "{'lanes':[]}");
        put(run, "plan/plan.json", "{'topics':2}");
        put(run, "plan/source.json", "{'mode':'zookeeper'}");
        put(run, "plan/target.json", "{'mode':'kraft'}");
        put(run, "lease.json", "{'owner':'arn:aws:states:eu-west-1:1:execution:m:night'}");
        put(run, "results/precheck.json", """
                {'findings':[{'code':'W05','severity':'WARNING','subject':'customers','seen':'cleanup.policy is compact',
                'remedy':'Nothing to do: compaction is held while copying.'}]}""");
        put(run, "results/topology.json", """
                {'topics':[{'name':'orders','holds':[{'topic':'orders','kind':'CLEANUP','key':'retention.ms','held':'-1',
                'restored':'604800000'}]}]}""");
        put(run, "results/seed-0.json", """
                {'lane':0,'mode':'SEED','records':1204331,'bytes':812345678,'passed_through':4012,'rebuilt':96,
                'seconds':6.4,'gaps':[]}""");
        put(run, "results/seed-1.json", """
                {'lane':1,'mode':'SEED','records':904112,'bytes':702345678,'passed_through':3511,'rebuilt':2,
                'seconds':5.1,'gaps':[]}""");
        put(run, "results/tail-0.json", """
                {'lane':0,'mode':'TAIL','records':1209000,'bytes':815345678,'passed_through':4090,'rebuilt':96,
                'seconds':44.0,'gaps':[]}""");
        put(run, "results/drain-ready.json", "{'lagging':{'orders/7':12,'payments.v2/0':3},'largest_lag':12}");
        put(run, "checkpoints/0.json", """
                {'format':1,'lane':0,'segment':41,'maps_through':41,'partitions':{
                'orders/7':{'source_next':1300000,'target_next':1204331,'records':1204331,'bytes':812345678},
                'orders/8':{'source_next':10,'target_next':10,'records':10,'bytes':1000},
                'payments.v2/0':{'source_next':4669,'target_next':4669,'records':4669,'bytes':3000000}},
                'gaps':[{'partition':'orders/7','first':120,'last':340}]}""");
        put(run, "results/cutover.json", """
                {'attempt':1,'frozen_millis':3412,'part_millis':{'freeze':1210,'sentinels':301,'drain':822,'groups':911,
                'floor':150,'ready':18},'timeline':{'freeze_requested_at':'2026-04-25T11:58:00Z',
                'ready_at':'2026-04-25T11:58:03.412Z'}}""");
        put(run, "results/groups.json", """
                {'groups':{'billing':{'positions':{'orders/7':{'source':1299990,'kind':'EXACT','target':1204321,
                'committed':1204321,'outcome':'COMMITTED'}}},'<script>alert(1)</script>':{'positions':{'orders/8':{
                'source':4,'kind':'NEXT_SURVIVOR','target':4,'committed':4,'outcome':'ALREADY_THERE'}}}},
                'skipped':{'amazon.msk.canary.group':'belongs to the cluster'}}""");
        put(run, "gates/cutover.json", "{'token':'" + TOKEN + "'}");
        put(run, "gates/cutover-decision.json", """
                {'decision':'APPROVE','approver':'ana@ops','ticket':'CHG-77','plan':'3f1c'}""");
        run.write(run.objects().result("validation"), validation(outcome, validatedAt));
        journal("2026-04-25T11:40:00Z", Phase.PLANNED, "planned");
        journal("2026-04-25T11:40:05Z", Phase.PRECHECK, "prechecked");
        journal("2026-04-25T11:40:20Z", Phase.TOPOLOGY_COPY, "topics and ACLs were copied");
        journal("2026-04-25T11:41:02Z", Phase.SEED, "the seed begins");
        journal("2026-04-25T11:47:30Z", Phase.TAIL, "the tail begins");
        journal("2026-04-25T11:58:00Z", Phase.CUTOVER, "producers are to be frozen");
        journal("2026-04-25T11:59:30Z", Phase.VALIDATING, "the five checks were made");
        return run;
    }

    private void journal(String at, Phase phase, String what) {
        MigrationRun then = run(Instant.parse(at), null);
        if (then.journal().entries().stream().noneMatch(entry -> entry.what().equals(what))) {
            then.journal().append(phase, what, Map.of("max_partition_lag", "0"));
        }
    }

    private static ValidationReport validation(Outcome outcome, Instant at) {
        CheckResult counts = new CheckResult(
                CheckName.COUNTS_AND_OFFSETS,
                outcome,
                Map.of("partitions_checked", 3L, "target_behind_or_missing", 0L),
                outcome == Outcome.PASSED
                        ? List.of()
                        : List.of("orders/7: source offsets 120 to 340 were removed by retention before they could be"
                                + " copied"),
                List.of());
        return ValidationReport.full(
                at,
                passed(CheckName.TOPIC_PARITY),
                counts,
                passed(CheckName.RECORDS),
                new CutoverChecks(
                        passed(CheckName.SENTINEL_PRESENCE), passed(CheckName.CONSUMER_GROUP_RECONCILIATION)));
    }

    private static CheckResult passed(CheckName name) {
        return new CheckResult(name, Outcome.PASSED, Map.of("partitions_checked", 3L), List.of(), List.of());
    }

    private static void put(MigrationRun run, String below, String json) {
        byte[] content = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        run.backup()
                .put(new io.kraftlift.core.stores.ObjectKey(run.migration() + "/" + below), ByteBuffer.wrap(content));
    }

    private MigrationRun run(Instant now, @Nullable String signingKey) {
        EvidenceSettings evidence = new EvidenceSettings(
                new StoreSettings.Directory(folder.resolve("evidence").toString()), Period.ofYears(7), signingKey);
        return new MigrationRun(
                new MigrationId("orders-2026"),
                new ReadConfig(
                        config(evidence),
                        Sha256.of(new byte[] {7}),
                        "{\"source\":{\"bootstrap_servers\":\"old:9092\"}}"),
                new Surroundings(Map.of(), Clock.fixed(now, ZoneOffset.UTC), duration -> {}, new SecureRandom()));
    }

    private MigrationConfig config(EvidenceSettings evidence) {
        ClusterSettings cluster =
                new ClusterSettings(new ClusterLocation.Bootstrap("localhost:1"), new AuthSettings.Plaintext());
        return new MigrationConfig(
                cluster,
                cluster,
                new TopicSelection(List.of(), List.of()),
                new StoreSettings.Directory(folder.resolve("backup").toString()),
                evidence,
                new SeedSettings(4, ByteSize.mebibytes(32), 1, null),
                ConfigDrift.FAIL,
                new CutoverSettings(
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofHours(1)),
                new ValidationSettings(ValidationMode.FULL, 1, 3),
                AclDrift.MERGE);
    }
}
