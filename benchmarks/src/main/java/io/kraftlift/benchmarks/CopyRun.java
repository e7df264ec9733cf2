package io.kraftlift.benchmarks;

import io.kraftlift.benchmarks.copiers.Copier;
import io.kraftlift.benchmarks.data.DataSet;
import io.kraftlift.benchmarks.measuring.Measurement;
import io.kraftlift.benchmarks.measuring.ProcessUse;
import io.kraftlift.benchmarks.measuring.UseWatch;
import io.kraftlift.brokers.Broker;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.brokers.KafkaCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Lets one copier copy the data set to an empty target, and measures it. */
final class CopyRun {
    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;
    private static final long POLL_MILLIS = 25;
    private static final Duration COPIED_WITHIN = Duration.ofMinutes(30);

    private final BenchClusters clusters;
    private final DataSet data;
    private final Copier copier;

    CopyRun(BenchClusters clusters, DataSet data, Copier copier) {
        this.clusters = clusters;
        this.data = data;
        this.copier = copier;
    }

    /** Runs it; the copier's processes are gone when this returns. */
    Measurement run(int round, Path folder) throws InterruptedException, ExecutionException, IOException {
        settleDisk();
        List<ForkedJvm> forked = copier.start(folder);
        long begun = System.nanoTime();
        try (UseWatch copying = new UseWatch(forked.stream().map(ForkedJvm::pid).toList());
                UseWatch source = watch(clusters.source());
                UseWatch target = watch(clusters.target());
                UseWatch here = new UseWatch(List.of(ProcessHandle.current().pid()))) {
            ProcessUse copierBefore = copying.now();
            double ours = source.now().cpuSeconds()
                    + target.now().cpuSeconds()
                    + here.now().cpuSeconds();
            double sourceBefore = source.now().cpuSeconds();
            double targetBefore = target.now().cpuSeconds();
            double machineBefore = ProcessUse.machineCpuSeconds();
            Progress progress = awaitCopied(forked, begun, copying);
            double machine = ProcessUse.machineCpuSeconds() - machineBefore;
            double cpuThere = copying.now().cpuSeconds() - copierBefore.cpuSeconds();
            double oursNow = source.now().cpuSeconds()
                    + target.now().cpuSeconds()
                    + here.now().cpuSeconds();
            double others = Math.max(0, machine - (oursNow - ours) - cpuThere);
            double sourceCpu = source.now().cpuSeconds() - sourceBefore;
            double targetCpu = target.now().cpuSeconds() - targetBefore;
            awaitEnds(forked);
            double part = (double) (data.allRecords() - progress.firstRecords) / data.allRecords();
            double copyingSeconds = (progress.lastAt - progress.firstAt) / NANOS;
            return new Measurement(
                    copier.name(),
                    round,
                    (progress.lastAt - begun) / NANOS,
                    copyingSeconds,
                    data.logicalBytes() * part / MEGABYTE / copyingSeconds,
                    data.wireBytes() * part / MEGABYTE / copyingSeconds,
                    data.allRecords() * part / copyingSeconds,
                    copying.now().cpuSeconds() - copierBefore.cpuSeconds(),
                    (copying.now().cpuSeconds() - progress.firstCpuSeconds) / part,
                    sourceCpu,
                    targetCpu,
                    others,
                    copying.now().peakResidentBytes(),
                    targetRecords() - data.allRecords());
        } finally {
            forked.forEach(ForkedJvm::close);
        }
    }

    private static UseWatch watch(KafkaCluster cluster) {
        return new UseWatch(cluster.brokers().stream().map(Broker::pid).toList());
    }

    /** What earlier runs left to be written must not slow this one. */
    private static void settleDisk() throws IOException, InterruptedException {
        new ProcessBuilder("sync").inheritIO().start().waitFor();
    }

    private static final class Progress {
        private long firstAt;
        private long firstRecords;
        private double firstCpuSeconds;
        private long lastAt;
    }

    private Progress awaitCopied(List<ForkedJvm> forked, long begun, UseWatch copying)
            throws InterruptedException, ExecutionException {
        Progress progress = new Progress();
        while (true) {
            long there = targetRecords();
            long now = System.nanoTime();
            if (progress.firstRecords == 0) {
                progress.firstAt = now;
                progress.firstRecords = there;
                progress.firstCpuSeconds = copying.now().cpuSeconds();
            }
            if (there >= data.allRecords()) {
                progress.lastAt = now;
                return progress;
            }
            Alive.require(forked);
            if (now - begun > COPIED_WITHIN.toNanos()) {
                throw new IllegalStateException(copier.name() + ": must copy within " + COPIED_WITHIN + ", has " + there
                        + " of " + data.allRecords() + " records");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Waits a while for those that end by themselves, since what they do at the end is their cost too. */
    private static void awaitEnds(List<ForkedJvm> forked) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        while (forked.stream().anyMatch(ForkedJvm::isAlive) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private long targetRecords() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        data.records().keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        return clusters.targetAdmin().listOffsets(asked).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }
}
