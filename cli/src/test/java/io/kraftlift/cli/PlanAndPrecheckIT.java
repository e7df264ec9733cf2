package io.kraftlift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.lambdas.plan.PlanMigration;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The two commands that need no deployment, between two real clusters. */
@RealClusters
class PlanAndPrecheckIT {
    private static final int TOPICS = 10;
    private static final int PARTITIONS = 6;
    private static final int RECORDS = 50;

    @TempDir
    private Path folder = Path.of("replaced by JUnit");

    private final Clusters clusters;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    PlanAndPrecheckIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @Test
    void planWritesWhatTheStateMachinesPlanWrites() throws Exception {
        makeTopics("planned");
        Path config = config("planned");

        int code = run("plan", "--config", config.toString(), "--out-dir", output());

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "topics_to_create=" + TOPICS,
                        "partitions_to_create=" + TOPICS * PARTITIONS,
                        "topics=10 partitions=60 groups=0 lanes=4")
                .anyMatch(line -> line.startsWith("source=") && line.contains("metadata=ZOOKEEPER kafka=3.9 brokers=1"))
                .anyMatch(line -> line.startsWith("target=") && line.contains("metadata=KRAFT kafka=4.3 brokers=1"))
                .anyMatch(line -> line.startsWith("skipped_internal=["))
                .anyMatch(line -> line.startsWith("estimated_seed_bytes=") && !line.endsWith("=0"))
                .anyMatch(line -> line.startsWith("  planned-0 partitions=6 rf=1 bytes="))
                .anyMatch(line -> line.startsWith("in-place conversion: not possible"));
        JsonNode plan =
                Documents.mapper().readTree(folder.resolve("out/plan.json").toFile());
        assertThat(plan.at("/totals/records").asLong()).isEqualTo(RECORDS);
        assertThat(plan.at("/totals/records_last_hour").asLong()).isEqualTo(RECORDS);
        try (MigrationRun run = new MigrationRun(
                new MigrationId("migration"),
                new ConfigReader(Map.of(), SecretSource.NONE).read(config.toString(), Files.readAllBytes(config)),
                Surroundings.real())) {
            new PlanMigration(run).plan();
        }
        for (String name : names(folder.resolve("out"))) {
            assertThat(folder.resolve("backup/migration/plan").resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("out").resolve(name));
        }
        assertThat(names(folder.resolve("out"))).hasSize(6);
    }

    @Test
    void theRunbookHasOnlyCommandsAndOptionsThatThereAre() throws Exception {
        makeTopics("named");
        run("plan", "--config", config("named").toString(), "--out-dir", output(), "--format", "runbook");

        List<String> commands = Files.readAllLines(folder.resolve("out/runbook.md")).stream()
                .filter(line -> line.startsWith("./kraftlift "))
                .toList();

        assertThat(commands).hasSizeGreaterThan(5);
        for (String command : commands) {
            List<String> words = List.of(command.split(" ", -1));
            CommandLine known = commandLine().getSubcommands().get(words.get(1));
            assertThat(known).as(command).isNotNull();
            assertThat(words)
                    .filteredOn(word -> word.startsWith("--"))
                    .allSatisfy(option -> assertThat(known.getCommandSpec().findOption(option))
                            .as(command)
                            .isNotNull());
        }
    }

    @Test
    void planOverwritesOnlyWhatItIsForcedTo() throws Exception {
        makeTopics("forced");
        Path config = config("forced");
        run("plan", "--config", config.toString(), "--out-dir", output(), "--format", "runbook");
        Files.writeString(folder.resolve("out/runbook.md"), "notes of mine");

        int refused = run("plan", "--config", config.toString(), "--out-dir", output());
        assertThat(refused).isEqualTo(4);
        assertThat(err.toString()).contains("runbook.md: must not be there").hasLineCount(1);
        assertThat(names(folder.resolve("out"))).containsExactly("runbook.md");
        out.getBuffer().setLength(0);
        int forced =
                run("plan", "--config", config.toString(), "--out-dir", output(), "--format", "iam-policy", "--json");

        assertThat(forced).isZero();
        assertThat(Documents.mapper()
                        .readTree(out.toString())
                        .at("/summary/partitions_to_create")
                        .asInt())
                .isEqualTo(60);
        assertThat(names(folder.resolve("out")))
                .containsExactlyInAnyOrder("runbook.md", "iam-policy-concrete.json", "iam-policy-templated.json");
        assertThat(run("plan", "--config", config.toString(), "--out-dir", output(), "--force"))
                .isZero();
        assertThat(folder.resolve("out/runbook.md")).content().startsWith("# Migration migration: ");
    }

    @Test
    void precheckExitsByTheWorstFindingAndLeavesNoRun() throws Exception {
        makeTopics("checked");
        Path config = config("checked");

        int before = run("precheck", "--config", config.toString(), "--json");
        assertThat(before).as(err.toString()).isIn(0, 9);
        JsonNode report = Documents.mapper().readTree(out.toString());
        assertThat(report.at("/findings").findValuesAsText("severity")).doesNotContain("BLOCKER");
        out.getBuffer().setLength(0);
        try (Admin target = admin(clusters.target().bootstrapServers())) {
            target.createTopics(List.of(new NewTopic("checked-3", 1, (short) 1)))
                    .all()
                    .get();
        }
        int after = run("precheck", "--config", config.toString());

        assertThat(after).isEqualTo(10);
        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("B13 blocker") && line.contains("checked-3"))
                .last()
                .asString()
                .endsWith("the migration cannot begin");
        assertThat(folder.resolve("backup/migration/journal")).doesNotExist();
    }

    @Test
    void precheckThatCannotRunSaysWhy() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "sorce: {}\n");

        assertThat(run("precheck", "--config", wrong.toString())).isEqualTo(3);
        assertThat(run("precheck", "--config", folder.resolve("none.yaml").toString()))
                .isEqualTo(11);
        assertThat(run("precheck")).isEqualTo(2);
        assertThat(run("precheck", "--config", config("x").toString(), "--migration-id", "Not An Id"))
                .isEqualTo(2);
    }

    private String output() {
        return folder.resolve("out").toString();
    }

    private Path config(String prefix) throws IOException {
        return Files.writeString(folder.resolve("migration.yaml"), """
                source: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                target: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                topics: {include: ["%s-*"]}
                backup: {directory: "%s"}
                evidence: {directory: "%s"}
                """.formatted(
                        clusters.source().bootstrapServers(),
                        clusters.target().bootstrapServers(),
                        prefix,
                        folder.resolve("backup"),
                        folder.resolve("evidence")));
    }

    private void makeTopics(String prefix) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (int number = 0; number < TOPICS; number++) {
            topics.add(new NewTopic(prefix + "-" + number, Optional.of(PARTITIONS), Optional.of((short) 1)));
        }
        try (Admin source = admin(clusters.source().bootstrapServers());
                Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", clusters.source().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            source.createTopics(topics).all().get();
            for (int number = 0; number < RECORDS; number++) {
                producer.send(new ProducerRecord<>(prefix + "-0", number % PARTITIONS, null, new byte[100]))
                        .get();
            }
        }
    }

    private static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        Terminal terminal = ScriptedTerminal.unattended(out, err);
        return Main.commandLine(terminal, Surroundings.real(), endpoint -> {
            throw new AssertionError("Step Functions must not be asked");
        });
    }
}
