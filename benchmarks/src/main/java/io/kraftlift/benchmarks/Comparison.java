package io.kraftlift.benchmarks;

import io.kraftlift.access.json.Documents;
import io.kraftlift.benchmarks.copiers.ClientLoop;
import io.kraftlift.benchmarks.copiers.Clusters;
import io.kraftlift.benchmarks.copiers.Copier;
import io.kraftlift.benchmarks.copiers.Limit;
import io.kraftlift.benchmarks.copiers.MirrorMaker;
import io.kraftlift.benchmarks.copiers.Mover;
import io.kraftlift.benchmarks.data.DataSet;
import io.kraftlift.benchmarks.data.SourceFill;
import io.kraftlift.benchmarks.measuring.Measurement;
import io.kraftlift.benchmarks.measuring.ProcessUse;
import io.kraftlift.benchmarks.measuring.Summary;
import io.kraftlift.core.lanes.ReplicationMode;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** {@code compare}: every copier in turn, the same data between the same brokers, several rounds. */
final class Comparison {
    private static final String MOVER = "mover";

    private final Options options;
    private final Path home;
    private final PrintStream out;

    Comparison(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    /**
     * The outcome, as JSON.
     *
     * @param loads the machine's load average before each round
     */
    private record Outcome(
            long logicalBytes,
            long wireBytes,
            long records,
            int processors,
            int workers,
            List<Double> loads,
            List<Measurement> measurements,
            Map<String, Summary.Ratio> ratios) {}

    void run() throws InterruptedException, ExecutionException, IOException {
        Path folder = Folder.create(options.folder(home));
        try (BenchClusters clusters = new BenchClusters(folder)) {
            long begun = System.nanoTime();
            DataSet data = new SourceFill(clusters.source().bootstrapServers(), clusters.sourceAdmin())
                    .fill(options.dataBytes());
            out.printf(
                    Locale.ROOT,
                    "data: %.0f MB logical, %.0f MB on the wire, %d records, filled in %.0f s%n",
                    data.logicalBytes() / 1e6,
                    data.wireBytes() / 1e6,
                    data.allRecords(),
                    (System.nanoTime() - begun) / 1e9);
            report(data, rounds(clusters, data, folder));
        } finally {
            Folder.remove(folder);
        }
    }

    private record Rounds(List<Measurement> measurements, List<Double> loads) {}

    private Rounds rounds(BenchClusters clusters, DataSet data, Path folder)
            throws InterruptedException, ExecutionException, IOException {
        List<Copier> copiers = copiers(clusters, data);
        Map<String, Integer> topics = new TreeMap<>();
        data.topics().forEach(topic -> topics.put(topic, data.partitionsOf(topic)));
        warmUp(clusters, data, topics, folder);
        List<Measurement> measurements = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            loads.add(ProcessUse.load());
            for (int i = 0; i < copiers.size(); i++) {
                // Every round begins with another one, so that no copier always follows the same.
                Copier copier = copiers.get((i + round - 1) % copiers.size());
                clusters.freshTarget(topics);
                Path own = Folder.create(folder.resolve(copier.name() + "-" + round));
                Measurement one = new CopyRun(clusters, data, copier).run(round, own);
                Folder.remove(own);
                measurements.add(one);
                out.printf(
                        Locale.ROOT,
                        "round %d %-12s %6.1f s, copying %6.1f s, %4.0f MB/s, %5.1f CPU-s, %4d MiB, surplus %d%n",
                        round,
                        one.copier(),
                        one.seconds(),
                        one.copyingSeconds(),
                        one.logicalMegabytesPerSecond(),
                        one.copierCpuSeconds(),
                        one.peakResidentBytes() >> 20,
                        one.surplusRecords());
            }
        }
        return new Rounds(measurements, loads);
    }

    /** Who comes first must not pay for the brokers' just-in-time compilers: one copy of another kind goes before. */
    private void warmUp(BenchClusters clusters, DataSet data, Map<String, Integer> topics, Path folder)
            throws InterruptedException, ExecutionException, IOException {
        clusters.freshTarget(topics);
        Path own = Folder.create(folder.resolve("warm-up"));
        new CopyRun(clusters, data, new ClientLoop(clustersOf(clusters, data))).run(0, own);
        Folder.remove(own);
    }

    private static Clusters clustersOf(BenchClusters running, DataSet data) {
        return new Clusters(
                running.source().bootstrapServers(), running.target().bootstrapServers(), data.topics());
    }

    private List<Copier> copiers(BenchClusters running, DataSet data) throws IOException {
        Clusters clusters = clustersOf(running, data);
        List<Path> mirrorMaker = List.of(Files.readString(home.resolve("benchmarks/mirrormaker/target/classpath"))
                        .strip()
                        .split(File.pathSeparator))
                .stream()
                .map(Path::of)
                .toList();
        List<Copier> all = List.of(
                new Mover(clusters, home, options.workers(), ReplicationMode.SEED, options.moverJvmOptions()),
                MirrorMaker.tuned(clusters, mirrorMaker),
                new ClientLoop(clusters),
                new Limit(clusters, data.wireBytes()),
                MirrorMaker.untouched(clusters, mirrorMaker));
        List<Copier> wanted =
                all.stream().filter(copier -> options.wants(copier.name())).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("--only: must name some of "
                    + all.stream().map(Copier::name).toList());
        }
        return wanted;
    }

    private void report(DataSet data, Rounds rounds) throws IOException {
        Summary summary = new Summary(rounds.measurements(), data.logicalBytes());
        out.println();
        out.println(summary.table());
        out.println(summary.ratioTable(MOVER));
        out.println("load before each round: " + rounds.loads());
        @Nullable Path json = options.json();
        if (json != null) {
            Files.write(
                    json,
                    Documents.write(new Outcome(
                            data.logicalBytes(),
                            data.wireBytes(),
                            data.allRecords(),
                            Runtime.getRuntime().availableProcessors(),
                            options.workers(),
                            rounds.loads(),
                            rounds.measurements(),
                            summary.ratios(MOVER))));
        }
    }
}
