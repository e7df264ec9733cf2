package io.kraftlift.testkit.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every object store keeps. Subclasses give a fresh, empty store. */
public abstract class ObjectStoreContract {
    private static final ObjectKey KEY = new ObjectKey("m1/lanes/0/000000000007.seg");

    /** A fresh, empty store. */
    protected abstract ObjectStore newStore();

    /** The same store as another process would open it. */
    protected abstract ObjectStore reopen(ObjectStore store);

    @Test
    void readsBackWhatWasPut() {
        ObjectStore store = newStore();
        store.put(KEY, bytes("first"));
        store.put(KEY, bytes("second"));
        assertThat(content(reopen(store), KEY)).contains("second");
    }

    @Test
    void hasNothingUnderAnUnknownKey() {
        ObjectStore store = newStore();
        assertThat(store.get(KEY)).isEmpty();
        assertThat(store.getRange(KEY, 0, 1)).isEmpty();
        assertThat(store.list(new ObjectKey("m1"))).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoPutsIfAbsent() {
        ObjectStore store = newStore();
        assertThat(store.putIfAbsent(KEY, bytes("first"))).isTrue();
        assertThat(reopen(store).putIfAbsent(KEY, bytes("second"))).isFalse();
        assertThat(content(store, KEY)).contains("first");
    }

    @Test
    void letsExactlyOneOfManyConcurrentPutsIfAbsentWin() throws Exception {
        ObjectStore store = newStore();
        for (int round = 0; round < 20; round++) {
            ObjectKey key = new ObjectKey("m1/race/" + round);
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                ObjectStore own = writer % 2 == 0 ? store : reopen(store);
                ByteBuffer content = bytes("writer " + writer);
                writers.add(() -> own.putIfAbsent(key, content));
            }
            assertThat(winners(writers)).isEqualTo(1);
        }
    }

    @Test
    void replacesOnlyWhatItExpects() {
        ObjectStore store = newStore();
        store.put(KEY, bytes("one"));
        ObjectVersion one = store.get(KEY).orElseThrow().version();
        Optional<ObjectVersion> two = store.replace(KEY, one, bytes("two"));
        assertThat(two).isPresent().isEqualTo(store.get(KEY).map(StoredObject::version));
        assertThat(reopen(store).replace(KEY, one, bytes("three"))).isEmpty();
        assertThat(content(store, KEY)).contains("two");
    }

    @Test
    void doesNotReplaceWhatIsNotThere() {
        ObjectStore store = newStore();
        store.put(KEY, bytes("one"));
        ObjectVersion version = store.get(KEY).orElseThrow().version();
        ObjectKey absent = new ObjectKey("m1/absent");
        assertThat(store.replace(absent, version, bytes("two"))).isEmpty();
        assertThat(store.get(absent)).isEmpty();
    }

    @Test
    void letsExactlyOneOfManyConcurrentReplacesWin() throws Exception {
        ObjectStore store = newStore();
        store.put(KEY, bytes("start"));
        for (int round = 0; round < 20; round++) {
            ObjectVersion expected = store.get(KEY).orElseThrow().version();
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                ObjectStore own = writer % 2 == 0 ? store : reopen(store);
                ByteBuffer content = bytes("round " + round + " writer " + writer);
                writers.add(() -> own.replace(KEY, expected, content).isPresent());
            }
            assertThat(winners(writers)).isEqualTo(1);
        }
    }

    @Test
    void readsRangesAndStopsAtTheEnd() {
        ObjectStore store = newStore();
        store.put(KEY, bytes("0123456789"));
        assertThat(store.getRange(KEY, 3, 4)).hasValue("3456".getBytes(UTF_8));
        assertThat(store.getRange(KEY, 8, 10)).hasValue("89".getBytes(UTF_8));
        assertThat(store.getRange(KEY, 40, 2)).hasValue(new byte[0]);
        assertThatThrownBy(() -> store.getRange(KEY, -1, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsByKeyWhatLiesUnderAPrefixAndNothingElse() {
        ObjectStore store = newStore();
        for (String key : List.of("m1/lanes/0/2", "m1/lanes/0/1", "m1/lanes/10/1", "m10/lanes/0/9")) {
            store.put(new ObjectKey(key), bytes("four"));
        }
        assertThat(store.list(new ObjectKey("m1/lanes/0")))
                .containsExactly(
                        new ObjectSummary(new ObjectKey("m1/lanes/0/1"), 4),
                        new ObjectSummary(new ObjectKey("m1/lanes/0/2"), 4));
        assertThat(store.list(new ObjectKey("m1"))).hasSize(3);
    }

    @Test
    void leavesTheCallersBufferAsItWas() {
        ObjectStore store = newStore();
        ByteBuffer content = bytes("xxpayloadxx");
        content.position(2).limit(9);
        assertThat(store.putIfAbsent(KEY, content)).isTrue();
        store.put(new ObjectKey("m1/other"), content);
        assertThat(content.position()).isEqualTo(2);
        assertThat(content.limit()).isEqualTo(9);
        assertThat(content(store, KEY)).contains("payload");
    }

    @Test
    void keepsEmptyAndLargeObjects() {
        ObjectStore store = newStore();
        byte[] large = new byte[5 << 20];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31);
        }
        store.put(KEY, ByteBuffer.allocate(0));
        assertThat(content(store, KEY)).contains("");
        store.put(KEY, ByteBuffer.wrap(large));
        assertThat(store.get(KEY).orElseThrow().content()).isEqualTo(large);
    }

    private static int winners(List<Callable<Boolean>> writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(writers.size());
        try {
            int won = 0;
            for (Future<Boolean> answer : threads.invokeAll(writers)) {
                won += answer.get() ? 1 : 0;
            }
            return won;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<String> content(ObjectStore store, ObjectKey key) {
        return store.get(key).map(object -> new String(object.content(), UTF_8));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
