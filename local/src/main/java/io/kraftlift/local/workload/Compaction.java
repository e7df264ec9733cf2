package io.kraftlift.local.workload;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Makes the broker compact a topic within seconds, with settings that are taken back afterwards. */
final class Compaction {
    private static final String SEGMENT_TIME = "segment.ms";
    private static final String DIRTY_RATIO = "min.cleanable.dirty.ratio";

    /** The cleaner looks for work several times a second; a busy machine takes this long at worst. */
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private static final long POLL_MILLIS = 300;

    private final DemoClients clients;

    Compaction(DemoClients clients) {
        this.clients = clients;
    }

    /** Call before records of so many bytes are sent: about sixteen segments will come of them, each cleaned at once. */
    void makeEager(DemoTopic topic, long bytes) {
        // Records of 300 bytes lie a millisecond apart.
        long segmentMillis = Math.max(20, bytes / 300 / 16);
        alter(
                topic,
                Stream.of(
                        new AlterConfigOp(
                                new ConfigEntry(SEGMENT_TIME, Long.toString(segmentMillis)), AlterConfigOp.OpType.SET),
                        new AlterConfigOp(new ConfigEntry(DIRTY_RATIO, "0.01"), AlterConfigOp.OpType.SET)));
    }

    /**
     * Waits until every partition has holes and no more appear, and takes the eager settings back.
     *
     * @throws IllegalStateException when that takes longer than a minute
     */
    VisibleOffsets await(DemoTopic topic) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        VisibleOffsets before = VisibleOffsets.read(clients, topic);
        while (true) {
            pause();
            VisibleOffsets now = VisibleOffsets.read(clients, topic);
            boolean still = now.records() == before.records();
            if (still && DemoClients.partitions(topic).stream().allMatch(now::hasHole)) {
                takeBack(topic);
                return now;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(topic.topic() + ": every partition must be compacted within " + WITHIN
                        + ", one is not; is the broker's log cleaner on?");
            }
            before = now;
        }
    }

    private void takeBack(DemoTopic topic) {
        alter(
                topic,
                Stream.of(SEGMENT_TIME, DIRTY_RATIO)
                        .map(name -> new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE)));
    }

    private void alter(DemoTopic topic, Stream<AlterConfigOp> changes) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.topic());
        List<AlterConfigOp> all = changes.toList();
        try (Admin admin = clients.admin()) {
            DemoClients.result(
                    admin.incrementalAlterConfigs(Map.of(resource, all)).all());
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the demo's topic was compacted", e);
        }
    }
}
