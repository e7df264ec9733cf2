package io.kraftlift.benchmarks;

import io.kraftlift.benchmarks.copiers.Clusters;
import io.kraftlift.benchmarks.copiers.Mover;
import io.kraftlift.benchmarks.data.DataSet;
import io.kraftlift.benchmarks.data.SourceFill;
import io.kraftlift.benchmarks.measuring.ProcessUse;
import io.kraftlift.benchmarks.measuring.UseWatch;
import io.kraftlift.brokers.Broker;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.PartitionDigest;
import io.kraftlift.core.lanes.ReplicationMode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * {@code validate}: how fast a worker reads the target for the full comparison. What a worker needs to start is measured
 * before, with a topic that is empty, and taken off the CPU-seconds.
 */
final class TargetReads {
    private static final String EMPTY = "empty";
    private static final double MEGABYTE = 1e6;

    private final Options options;
    private final Path home;
    private final PrintStream out;

    TargetReads(Options options, Path home, PrintStream out) {
        this.options = options;
        this.home = home;
        this.out = out;
    }

    /**
     * One comparison.
     *
     * @param seconds the slowest lane's, without the start of its process
     * @param cpuSeconds of the workers' processes, with their start
     */
    private record Read(
            long bytes, double seconds, double cpuSeconds, double targetCpuSeconds, double otherCpuSeconds) {}

    void run() throws InterruptedException, ExecutionException, IOException {
        Path folder = Folder.create(options.folder(home));
        try (BenchClusters clusters = new BenchClusters(folder)) {
            clusters.sourceAdmin()
                    .createTopics(List.of(new NewTopic(EMPTY, 1, (short) 1)))
                    .all()
                    .get();
            double start = startCpuSeconds(clusters, folder.resolve("start"));
            clusters.sourceAdmin().deleteTopics(Set.of(EMPTY)).all().get();
            DataSet data = new SourceFill(clusters.source().bootstrapServers(), clusters.sourceAdmin())
                    .fill(options.dataBytes());
            Map<String, Integer> topics = new TreeMap<>();
            data.topics().forEach(topic -> topics.put(topic, data.partitionsOf(topic)));
            Path copy = folder.resolve("copy");
            seed(clusters, topics, copy);
            out.printf(Locale.ROOT, "starting a worker: %.1f CPU-s%n", start);
            out.println("| round | MB on the wire | reading s | MB/s | CPU-s | CPU-s without start | MB per CPU-s |"
                    + " target CPU-s | others' CPU-s | load |");
            out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
            for (int round = 1; round <= options.rounds(); round++) {
                double load = ProcessUse.load();
                print(round, read(clusters, topics.keySet(), copy), start, load);
            }
        } finally {
            Folder.remove(folder);
        }
    }

    private double startCpuSeconds(BenchClusters clusters, Path folder)
            throws InterruptedException, ExecutionException, IOException {
        seed(clusters, Map.of(EMPTY, 1), folder);
        return read(clusters, Set.of(EMPTY), folder).cpuSeconds();
    }

    private void seed(BenchClusters clusters, Map<String, Integer> topics, Path folder)
            throws InterruptedException, ExecutionException {
        clusters.freshTarget(topics);
        List<ForkedJvm> workers =
                mover(clusters, topics.keySet(), ReplicationMode.SEED).start(Folder.create(folder));
        try {
            for (ForkedJvm worker : workers) {
                requireDone(worker);
            }
        } finally {
            workers.forEach(ForkedJvm::close);
        }
    }

    private Mover mover(BenchClusters clusters, Set<String> topics, ReplicationMode mode) {
        return new Mover(
                new Clusters(
                        clusters.source().bootstrapServers(), clusters.target().bootstrapServers(), topics),
                home,
                options.workers(),
                mode,
                options.moverJvmOptions());
    }

    /** Compares what was copied in a folder with the target, and requires that it is the same. */
    private Read read(BenchClusters clusters, Set<String> topics, Path folder)
            throws InterruptedException, ExecutionException, IOException {
        List<ForkedJvm> workers =
                mover(clusters, topics, ReplicationMode.DIGEST).start(folder);
        try (UseWatch use = new UseWatch(workers.stream().map(ForkedJvm::pid).toList());
                UseWatch target = new UseWatch(
                        clusters.target().brokers().stream().map(Broker::pid).toList())) {
            double targetBefore = target.now().cpuSeconds();
            double machineBefore = ProcessUse.machineCpuSeconds();
            for (ForkedJvm worker : workers) {
                requireDone(worker);
            }
            double ours = use.now().cpuSeconds();
            double broker = target.now().cpuSeconds() - targetBefore;
            double machine = ProcessUse.machineCpuSeconds() - machineBefore;
            List<LaneDigest> digests = Mover.digests(folder);
            if (!digests.stream().allMatch(LaneDigest::allMatch)) {
                throw new IllegalStateException("the target must be as it was copied, was not: " + digests);
            }
            return new Read(
                    digests.stream()
                            .flatMap(lane -> lane.partitions().stream())
                            .mapToLong(PartitionDigest::bytesFound)
                            .sum(),
                    digests.stream().mapToDouble(LaneDigest::seconds).max().orElseThrow(),
                    ours,
                    broker,
                    Math.max(0, machine - ours - broker));
        } finally {
            workers.forEach(ForkedJvm::close);
        }
    }

    private static void requireDone(ForkedJvm worker) throws InterruptedException, ExecutionException {
        int status = worker.onExit().get();
        if (status != 0) {
            throw new IllegalStateException(worker + ": ended with code " + status + ": " + worker.logTail(8));
        }
    }

    private void print(int round, Read read, double start, double load) {
        double megabytes = read.bytes() / MEGABYTE;
        double reading = Math.max(0.01, read.cpuSeconds() - start);
        out.printf(
                Locale.ROOT,
                "| %d | %.0f | %.1f | %.0f | %.1f | %.1f | %.0f | %.1f | %.1f | %.1f |%n",
                round,
                megabytes,
                read.seconds(),
                megabytes / read.seconds(),
                read.cpuSeconds(),
                reading,
                megabytes / reading,
                read.targetCpuSeconds(),
                read.otherCpuSeconds(),
                load);
    }
}
