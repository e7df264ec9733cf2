package io.kraftlift.access.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoredLanesGoldenTest {
    private static final String LANES = """
            {"lanes":[{"lane":1,"partitions":[{"bytes":7,"partition":"orders/0","seed_from":2,"seed_until":9}]}]}""";
    private static final String EXTENSION = """
            {"at":"2026-11-03T20:00:00Z","format":1,"lanes":[{"lane":1,"partitions":[{"bytes":0,"partition":"orders/1",\
            "seed_from":0,"seed_until":4,"topic_id":"vGv0s1m8Qgu4d4xWk2cV0Q"}]}],"number":0}""";
    private static final LaneId LANE = new LaneId(1);
    private static final LanePartition FIRST =
            new LanePartition(PartitionId.of("orders", 0), SourceOffset.of(2), SourceOffset.of(9), 7);
    private static final LanePartition SECOND = new LanePartition(
            PartitionId.of("orders", 1),
            SourceOffset.of(0),
            SourceOffset.of(4),
            0,
            new TopicId("vGv0s1m8Qgu4d4xWk2cV0Q"));

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("grown"));
    private final StoredLanes stored = new StoredLanes(store, objects);

    @Test
    void readsThePlanWithItsExtensions() {
        put("plan/lanes.json", LANES);
        put("plan/extensions/000000000000.json", EXTENSION);

        StoredLanes.Lanes lanes = stored.read();

        assertThat(lanes.extensions()).isEqualTo(1);
        assertThat(lanes.plans()).isEqualTo(new LanePlans(List.of(new LanePlan(LANE, List.of(FIRST, SECOND)))));
    }

    @Test
    void writesTheDocumentedBytesOnce() {
        PlanExtension extension = new PlanExtension(
                1, 0, Instant.parse("2026-11-03T20:00:00Z"), List.of(new LanePlan(LANE, List.of(SECOND))));

        assertThat(stored.add(extension)).isTrue();
        assertThat(stored.add(extension)).as("by a second writer").isFalse();

        assertThat(text("plan/extensions/000000000000.json")).isEqualTo(EXTENSION);
    }

    @Test
    void refusesAnExtensionUnderAnotherNumberAndOneOfAnotherFormat() {
        put("plan/lanes.json", LANES);
        put("plan/extensions/000000000000.json", EXTENSION.replace("\"number\":0", "\"number\":1"));
        assertThatThrownBy(stored::read).isInstanceOf(InvariantBroken.class).hasMessageContaining("extension 1");

        put("plan/extensions/000000000000.json", EXTENSION.replace("\"format\":1", "\"format\":2"));
        assertThatThrownBy(stored::read).isInstanceOf(InvariantBroken.class).hasMessageContaining("format must be 1");
    }

    private void put(String below, String text) {
        store.put(key(below), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(String below) {
        return new String(store.get(key(below)).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    private static ObjectKey key(String below) {
        return new ObjectKey("grown/" + below);
    }
}
