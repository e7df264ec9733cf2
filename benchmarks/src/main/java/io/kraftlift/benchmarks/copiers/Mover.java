package io.kraftlift.benchmarks.copiers;

import io.kraftlift.access.config.ConfigReader;
import io.kraftlift.access.config.SecretSource;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.stores.FileObjectStore;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.lambdas.plan.PlanMigration;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kraftlift's own workers, planned as in a migration, with their segments in a directory. */
public final class Mover implements Copier {
    private static final MigrationId MIGRATION = new MigrationId("benchmark");
    private static final MigrationObjects OBJECTS = new MigrationObjects(MIGRATION);

    /** As in every deployment. */
    private static final String OPTIONS = "fargate-replicator/src/main/jvm/worker.options";

    private final Clusters clusters;
    private final Path home;
    private final int workers;
    private final ReplicationMode mode;
    private final List<String> jvmOptions;

    /**
     * A mover.
     *
     * @param home the project's root folder
     * @param workers how many processes, 1 to 40
     * @param mode SEED, which ends; TAIL; or DIGEST, over the folder in which a seed was run
     * @param jvmOptions besides those that every worker gets
     */
    public Mover(Clusters clusters, Path home, int workers, ReplicationMode mode, List<String> jvmOptions) {
        this.clusters = clusters;
        this.home = home;
        this.workers = workers;
        this.mode = mode;
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    @Override
    public String name() {
        return "mover";
    }

    @Override
    public List<ForkedJvm> start(Path folder) throws InterruptedException {
        Path file = folder.resolve("migration.yaml");
        try {
            Files.writeString(file, configuration(folder));
            byte[] yaml = Files.readAllBytes(file);
            RunReference reference = new RunReference(MIGRATION, new ObjectReference(file.toUri(), Sha256.of(yaml)));
            return fork(folder, reference, mode == ReplicationMode.DIGEST ? planned(folder) : plan(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    private String configuration(Path folder) {
        return String.format(
                """
                source: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                target: {bootstrap_servers: "%s", auth: {mode: plaintext}}
                backup: {directory: '%s'}
                evidence: {directory: '%s'}
                seed: {workers: %d, max_concurrent_partitions: 16}
                """, clusters.source(), clusters.target(), backup(folder), folder.resolve("evidence"), workers);
    }

    /** The comparisons that workers in mode DIGEST left in a folder. */
    public static List<LaneDigest> digests(Path folder) {
        return planned(folder).stream()
                .map(lane ->
                        read(folder, OBJECTS.laneResult(ReplicationMode.DIGEST, new LaneId(lane)), LaneDigest.class))
                .toList();
    }

    private static List<Integer> planned(Path folder) {
        return read(folder, OBJECTS.plan("lanes.json"), LanePlans.class).lanes().stream()
                .map(lane -> lane.lane().number())
                .toList();
    }

    private static <T> T read(Path folder, ObjectKey key, Class<T> type) {
        byte[] content =
                new FileObjectStore(backup(folder)).get(key).orElseThrow().content();
        return Documents.read(content, type, key.value());
    }

    private static Path backup(Path folder) {
        return folder.resolve("backup");
    }

    private static List<Integer> plan(byte[] yaml) throws InterruptedException {
        Surroundings surroundings = Surroundings.real();
        try (MigrationRun run = new MigrationRun(
                MIGRATION,
                new ConfigReader(surroundings.environment(), SecretSource.NONE).read("migration.yaml", yaml),
                surroundings)) {
            return new PlanMigration(run).plan().lanes();
        }
    }

    private List<ForkedJvm> fork(Path folder, RunReference reference, List<Integer> lanes) throws IOException {
        Path replicator = home.resolve("fargate-replicator/target");
        String classPath = replicator.resolve("classes")
                + File.pathSeparator
                + Files.readString(replicator.resolve("classpath")).strip();
        List<ForkedJvm> forked = new ArrayList<>();
        for (int lane : lanes) {
            forked.add(ForkedJvm.named("mover-" + lane)
                    .mainClass("io.kraftlift.replicator.Worker")
                    .classPath(classPath)
                    .jvmOptions(List.of("@" + home.resolve(OPTIONS), "-Xmx320m"))
                    .jvmOptions(jvmOptions)
                    .environment(Map.of(
                            WorkerEnvironment.RUN,
                            new String(Documents.write(reference), StandardCharsets.UTF_8),
                            WorkerEnvironment.LANE,
                            Integer.toString(lane),
                            WorkerEnvironment.MODE,
                            mode.name()))
                    .logFile(folder.resolve("mover-" + lane + ".log"))
                    .start());
        }
        return forked;
    }
}
