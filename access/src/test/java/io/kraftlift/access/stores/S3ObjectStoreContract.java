package io.kraftlift.access.stores;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.aws.AwsEndpoint;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectVersion;
import io.kraftlift.core.stores.StoredObject;
import io.kraftlift.testkit.stores.ObjectStoreContract;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a store in a bucket keeps besides what every store keeps, on any server that answers like S3. */
abstract class S3ObjectStoreContract extends ObjectStoreContract {
    static final ObjectKey KEY = new ObjectKey("m1/lanes/0/000000000007.seg");

    private final AwsEndpoint endpoint;

    S3ObjectStoreContract(AwsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    protected ObjectStore newStore() {
        return store(endpoint.newBucket());
    }

    @Override
    protected ObjectStore reopen(ObjectStore store) {
        return store(store.root().getAuthority());
    }

    final S3ObjectStore store(String bucket) {
        return S3Stores.at(endpoint.uri(), new StoreSettings.Bucket(bucket, "backups/", null));
    }

    @Test
    void keepsItsObjectsBelowThePrefixOfTheBucket() {
        String bucket = endpoint.newBucket();
        ObjectStore store = store(bucket);
        store.put(KEY, bytes("seven"));
        assertThat(store.root()).isEqualTo(URI.create("s3://" + bucket + "/backups/"));
        ObjectStore whole = S3Stores.at(endpoint.uri(), new StoreSettings.Bucket(bucket, "", null));
        assertThat(whole.get(new ObjectKey("backups/" + KEY))).isPresent();
    }

    @Test
    void writesWhatIsTooLargeForOneRequestOnTheSameTerms() {
        ObjectStore store = newStore();
        byte[] large = new byte[S3Uploads.LARGEST_SINGLE_PUT + 5];
        large[large.length - 1] = 9;
        assertThat(store.putIfAbsent(KEY, ByteBuffer.wrap(large))).isTrue();
        StoredObject there = store.get(KEY).orElseThrow();
        assertThat(there.content()).isEqualTo(large);
        large[0] = 1;
        assertThat(store.putIfAbsent(KEY, ByteBuffer.wrap(large))).isFalse();
        assertThat(store.replace(KEY, new ObjectVersion("\"0123\""), ByteBuffer.wrap(large)))
                .isEmpty();
        assertThat(store.getRange(KEY, 0, 1)).hasValue(new byte[1]);
        assertThat(store.replace(KEY, there.version(), ByteBuffer.wrap(large)))
                .isPresent()
                .isEqualTo(store.get(KEY).map(StoredObject::version));
    }

    @Test
    void writesADirectBufferToo() {
        ObjectStore store = newStore();
        store.put(KEY, ByteBuffer.allocateDirect(3).put(bytes("abc")).flip());
        assertThat(store.get(KEY).map(object -> new String(object.content(), UTF_8)))
                .contains("abc");
    }

    @Test
    void namesTheBucketThatIsNotThereAndTheRemedy() {
        String absent = "kraftlift-" + UUID.randomUUID();
        ObjectStore store = store(absent);
        refusesForWantOfABucket(absent, store, s -> s.get(KEY));
        refusesForWantOfABucket(absent, store, s -> s.getRange(KEY, 0, 1));
        refusesForWantOfABucket(absent, store, s -> s.list(new ObjectKey("m1")));
        refusesForWantOfABucket(absent, store, s -> s.put(KEY, bytes("a")));
        refusesForWantOfABucket(absent, store, s -> s.putIfAbsent(KEY, bytes("a")));
        refusesForWantOfABucket(absent, store, s -> s.replace(KEY, new ObjectVersion("\"a\""), bytes("a")));
    }

    private static void refusesForWantOfABucket(String bucket, ObjectStore store, Consumer<ObjectStore> call) {
        assertThatThrownBy(() -> call.accept(store))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("s3://" + bucket + "/backups/m1")
                .hasMessageEndingWith("make the bucket " + bucket + ", or correct s3_bucket")
                .extracting(failure -> ((KraftliftFailure) failure).failureName())
                .isEqualTo(FailureName.CONFIGURATION_WRONG);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
