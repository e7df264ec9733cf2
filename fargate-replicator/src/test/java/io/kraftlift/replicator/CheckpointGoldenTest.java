package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointGoldenTest {
    private static final String PLACE = "checkpoints/3.json";

    /** The checksum is the one that a bitwise CRC32C of the documented lines gives. */
    private static final String DOCUMENTED = """
            {"checksum":"6af75115","ended":[{"end":120,"partition":"orders/2","why":"DELETED"},\
            {"end":45,"partition":"orders/10","why":"REMADE"}],"format":2,"gaps":[{"first":100,"last":101,"partition":"orders/2"}],"lane":3,\
            "maps_through":16,"partitions":{"orders/2":{"bytes":71,"digest":\
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",\
            "records":2,"source_next":120,"target_next":5},"orders/10":{"bytes":900,"digest":\
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",\
            "records":40,"source_next":45,"target_next":40}},"segment":17}""";

    private static final Checkpoint CHECKPOINT = new Checkpoint(
            Checkpoint.FORMAT,
            new LaneId(3),
            17,
            16,
            Map.of(
                    PartitionId.of("orders", 2),
                    new PartitionProgress(
                            SourceOffset.of(120),
                            TargetOffset.of(5),
                            2,
                            71,
                            new Sha256("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")),
                    PartitionId.of("orders", 10),
                    new PartitionProgress(
                            SourceOffset.of(45), TargetOffset.of(40), 40, 900, new Sha256("f".repeat(64)))),
            List.of(new Gap(PartitionId.of("orders", 2), SourceOffset.of(100), SourceOffset.of(101))),
            List.of(
                    new Ended(PartitionId.of("orders", 2), TopicEnd.DELETED, SourceOffset.of(120)),
                    new Ended(PartitionId.of("orders", 10), TopicEnd.REMADE, SourceOffset.of(45))));

    @Test
    void writesTheDocumentedBytes() {
        assertThat(Documents.writeText(CHECKPOINT)).isEqualTo(DOCUMENTED);
    }

    @Test
    void readsTheDocumentedBytes() {
        assertThat(Documents.read(bytes(DOCUMENTED), Checkpoint.class, PLACE)).isEqualTo(CHECKPOINT);
    }

    @Test
    void saysThatNothingHasEnded() {
        String plain = """
                {"checksum":"69e1534d","ended":[],"format":2,"gaps":[],"lane":1,"maps_through":3,"partitions":{},\
                "segment":4}""";

        assertThat(Documents.writeText(new Checkpoint(2, new LaneId(1), 4, 3, Map.of(), List.of())))
                .isEqualTo(plain);
        refused(bytes(plain.replace("\"ended\":[],", "")), FailureName.OBJECT_DAMAGED);
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = bytes(DOCUMENTED);
        for (int length = 0; length < whole.length; length++) {
            refused(Arrays.copyOf(whole, length), FailureName.OBJECT_DAMAGED);
        }
    }

    /** One bit makes another digit of a digit, all eight no ASCII at all. */
    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02, 0xff})
    void refusesEveryFlippedByte(int flip) {
        byte[] whole = bytes(DOCUMENTED);
        int format = DOCUMENTED.indexOf("\"format\":2") + "\"format\":".length();
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) flip;
            boolean anotherVersion = at == format && flip < 0x80;
            refused(flipped, anotherVersion ? FailureName.OBJECT_VERSION_UNKNOWN : FailureName.OBJECT_DAMAGED);
        }
    }

    @Test
    void refusesAVersionThatItDoesNotKnowWhateverElseItHas() {
        refused(bytes("{\"format\":3,\"anything\":[]}"), FailureName.OBJECT_VERSION_UNKNOWN);
        refused(
                bytes("{\"format\":1,\"gaps\":[],\"lane\":3,\"maps_through\":-1,\"partitions\":{},\"segment\":-1}"),
                FailureName.OBJECT_VERSION_UNKNOWN);
    }

    private static void refused(byte[] content, FailureName name) {
        assertThatThrownBy(() -> Documents.read(content, Checkpoint.class, PLACE))
                .as(new String(content, StandardCharsets.ISO_8859_1))
                .isInstanceOfSatisfying(
                        InvariantBroken.class,
                        broken -> assertThat(broken.failureName()).isEqualTo(name))
                .hasMessageContaining(PLACE)
                .hasMessageContaining("nothing was changed");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
