package io.kraftlift.access.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationLeaseGoldenTest {
    private static final String DIGEST = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";
    private static final String WRITTEN = """
            {"claimed_at":"2026-11-23T10:00:00Z","clearing":true,"config":{"sha256":"%1$s","uri":"s3://b/m.yaml"},\
            "fingerprint":"%1$s","format":2,"generation":2,"owner":"arn:second","restart":0,"rolled_back":false,\
            "settings":{"seed":{"workers":4}}}""".formatted(DIGEST);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("m"));
    private final LeaseObject object = new LeaseObject(store, objects);

    @Test
    void writesTheDocumentedBytes() throws Exception {
        object.change(none -> Optional.of(MigrationLease.first(claimant("arn:first"))));
        object.change(first ->
                first.map(lease -> lease.takenOver(claimant("arn:second")).toClear()));

        assertThat(new String(store.get(objects.lease()).orElseThrow().content(), StandardCharsets.UTF_8))
                .isEqualTo(WRITTEN);
    }

    @Test
    void readsThemAgain() {
        put(WRITTEN);

        MigrationLease lease = object.find().orElseThrow();

        assertThat(lease.generation()).isEqualTo(2);
        assertThat(lease.cleared().restart()).isEqualTo(1);
    }

    @Test
    void refusesAnotherFormat() {
        put(WRITTEN.replace("\"format\":2", "\"format\":3"));

        assertThatThrownBy(object::find)
                .isInstanceOf(InvariantBroken.class)
                .hasMessageStartingWith("OBJECT_VERSION_UNKNOWN");
    }

    private void put(String text) {
        store.put(objects.lease(), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MigrationLease.Claimant claimant(String execution) {
        Sha256 digest = Sha256.of(new byte[] {1});
        return new MigrationLease.Claimant(
                execution,
                new ObjectReference(URI.create("s3://b/m.yaml"), digest),
                digest,
                settings(),
                Instant.parse("2026-11-23T10:00:00Z"));
    }

    private static com.fasterxml.jackson.databind.JsonNode settings() {
        com.fasterxml.jackson.databind.node.ObjectNode settings =
                Documents.mapper().createObjectNode();
        settings.putObject("seed").put("workers", 4);
        return settings;
    }
}
