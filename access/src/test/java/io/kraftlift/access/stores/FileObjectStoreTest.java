package io.kraftlift.access.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.testkit.stores.ObjectStoreContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreTest extends ObjectStoreContract {
    @TempDir
    private Path directory;

    @Override
    protected ObjectStore newStore() {
        return new FileObjectStore(directory);
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return new FileObjectStore(Path.of(store.root()));
    }

    @Test
    void doesNotListWhatAWriterThatDiedLeftAside() throws IOException {
        ObjectStore store = newStore();
        store.put(new ObjectKey("m1/a"), ByteBuffer.wrap("a".getBytes(UTF_8)));
        Files.writeString(directory.resolve("m1/.aside-left-behind"), "half of an obj");
        assertThat(store.list(new ObjectKey("m1"))).hasSize(1);
    }

    @Test
    void listsWhileOthersWrite() throws Exception {
        ObjectStore store = newStore();
        ObjectKey kept = new ObjectKey("m1/kept");
        store.put(kept, ByteBuffer.wrap(new byte[1]));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; !done.get(); i++) {
                store.put(new ObjectKey("m1/" + i % 3), ByteBuffer.wrap(new byte[i % 7]));
            }
        });
        try {
            for (int look = 0; look < 3_000; look++) {
                assertThat(store.list(new ObjectKey("m1")))
                        .extracting(ObjectSummary::key)
                        .contains(kept);
            }
        } finally {
            done.set(true);
        }
        writer.get();
    }

    @Test
    void leavesNothingAsideAfterALostRace() throws IOException {
        ObjectStore store = newStore();
        ObjectKey key = new ObjectKey("m1/a");
        store.putIfAbsent(key, ByteBuffer.wrap(new byte[3]));
        store.putIfAbsent(key, ByteBuffer.wrap(new byte[4]));
        try (var files = Files.list(directory.resolve("m1"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void namesTheDirectoryAndTheRemedyWhenItIsAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("taken"), "a file");
        assertThatThrownBy(() -> new FileObjectStore(file))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("make the directory writable");
    }
}
