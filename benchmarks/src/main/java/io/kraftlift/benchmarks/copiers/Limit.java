package io.kraftlift.benchmarks.copiers;

import io.kraftlift.brokers.ForkedJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the target can take: batches that were prepared in memory, sent as the mover sends. */
public final class Limit implements Copier {
    private static final long PREPARED_WITHIN_SECONDS = 300;

    private final Clusters clusters;
    private final long wireBytes;

    /**
     * A limit.
     *
     * @param wireBytes of the data set, which has to fit into memory
     */
    public Limit(Clusters clusters, long wireBytes) {
        this.clusters = clusters;
        this.wireBytes = wireBytes;
    }

    @Override
    public String name() {
        return "limit";
    }

    /** Returns when everything is prepared and the sending begins. */
    @Override
    public List<ForkedJvm> start(Path folder) throws InterruptedException {
        Path begin = folder.resolve("begin");
        Path prepared = folder.resolve("prepared");
        // A fetch's buffers are kept whole; room for the young generation besides.
        long heapMebibytes = 768 + (wireBytes >> 20) * 5 / 4;
        ForkedJvm forked = OwnProgram.fork(
                name(),
                PreparedBatchesProgram.class,
                folder,
                List.of("-Xmx" + heapMebibytes + "m", "-Xmn256m", "-XX:+UseSerialGC"),
                List.of(
                        clusters.source(),
                        clusters.target(),
                        String.join(",", clusters.topics()),
                        prepared.toString(),
                        begin.toString()));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PREPARED_WITHIN_SECONDS);
        while (!Files.exists(prepared)) {
            if (!forked.isAlive() || System.nanoTime() > deadline) {
                forked.close();
                throw new IllegalStateException(forked + ": must prepare the batches within " + PREPARED_WITHIN_SECONDS
                        + " s, did not: " + forked.logTail(5));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        try {
            Files.createFile(begin);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(begin + " cannot be written", e);
        }
        return List.of(forked);
    }
}
