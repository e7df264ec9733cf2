package io.kraftlift.replicator;

import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.lanes.LaneLease;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.WorkerEnvironment;
import io.kraftlift.statemachine.payloads.RunReference;
import io.kraftlift.testkit.Clusters;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Real workers as processes of their own, over a store in a directory. */
final class WorkerProcesses {
    private final Clusters clusters;
    private final Path directory;
    private int started;

    WorkerProcesses(Clusters clusters, Path directory) {
        this.clusters = clusters;
        this.directory = directory;
    }

    Path store() {
        return directory.resolve("store");
    }

    /** What the planning of a migration leaves for its workers. */
    static LaneHarness planned(LaneHarness... lanes) {
        LaneHarness any = lanes[0];
        LanePlans plans =
                new LanePlans(Arrays.stream(lanes).map(lane -> lane.plan).toList());
        any.store.put(any.objects.plan("lanes.json"), ByteBuffer.wrap(Documents.write(plans)));
        return any;
    }

    ForkedJvm start(LaneHarness lane, ReplicationMode mode) throws Exception {
        @Nullable ByteSize limit = lane.seed.maxBytesPerSecond();
        String yaml = String.join(
                "\n",
                "source:",
                "  bootstrap_servers: " + clusters.source().bootstrapServers(),
                "  auth: {mode: plaintext}",
                "target:",
                "  bootstrap_servers: " + clusters.target().bootstrapServers(),
                "  auth: {mode: plaintext}",
                "backup: {directory: " + store() + "}",
                "evidence: {directory: " + directory.resolve("evidence") + "}",
                limit == null ? "" : "seed: {workers: 1, max_bytes_per_second: " + limit.bytes() + "B}",
                "");
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("kraftlift.yaml"), bytes);
        RunReference run =
                new RunReference(lane.objects.migration(), new ObjectReference(file.toUri(), Sha256.of(bytes)));
        started++;
        return ForkedJvm.named("worker-" + started)
                .mainClass(Worker.class.getName())
                .classPath(System.getProperty("java.class.path"))
                .jvmOptions(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"))
                .environment(Map.of(
                        WorkerEnvironment.RUN,
                        Documents.writeText(run),
                        WorkerEnvironment.LANE,
                        lane.plan.lane().toString(),
                        WorkerEnvironment.MODE,
                        mode.name()))
                .logFile(directory.resolve("worker-" + started + ".log"))
                .start();
    }

    static long segments(LaneHarness lane) {
        return lane.store.list(lane.objects.lane(lane.plan.lane())).size();
    }

    /** What the time to live would do after a while. */
    static void freeTheLease(LaneHarness lane) {
        LaneLease free = new LaneLease(lane.plan.lane(), UUID.randomUUID(), Instant.EPOCH);
        lane.store.put(lane.objects.laneLease(lane.plan.lane()), ByteBuffer.wrap(Documents.write(free)));
    }

    static void pause(int millis) {
        Instant end = Instant.now().plusMillis(millis);
        await().pollInterval(Duration.ofMillis(5)).until(() -> Instant.now().isAfter(end));
    }
}
