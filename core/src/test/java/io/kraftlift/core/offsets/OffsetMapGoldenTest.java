package io.kraftlift.core.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.topics.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class OffsetMapGoldenTest {
    @Test
    void writesTheDocumentedBytes() {
        assertThat(OffsetMapFormat.write(map())).isEqualTo(documented(1));
    }

    @Test
    void readsTheDocumentedBytes() {
        OffsetMap read = OffsetMapFormat.read(documented(1), "orders.map");

        assertThat(read.partition()).isEqualTo(PartitionId.of("orders", 5));
        assertThat(read.runs()).isEqualTo(map().runs());
        assertThat(read.coveredTo()).isEqualTo(SourceOffset.of(99));
        assertThat(read.targetNext()).isEqualTo(TargetOffset.of(12));
        assertThat(read.copiedFrom()).isEqualTo(SourceOffset.of(40));
    }

    @Test
    void refusesEveryTruncationAndEveryFlippedByte() {
        byte[] whole = documented(1);
        for (int at = 0; at < whole.length; at++) {
            refused(Arrays.copyOf(whole, at), FailureName.OBJECT_DAMAGED);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) 0xff;
            refused(flipped, FailureName.OBJECT_DAMAGED);
        }
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        refused(documented(2), FailureName.OBJECT_VERSION_UNKNOWN);
    }

    private static void refused(byte[] content, FailureName name) {
        assertThatThrownBy(() -> OffsetMapFormat.read(content, "offsets/orders/5.map"))
                .isInstanceOfSatisfying(
                        InvariantBroken.class,
                        broken -> assertThat(broken.failureName()).isEqualTo(name))
                .hasMessageContaining("offsets/orders/5.map");
    }

    private static OffsetMap map() {
        OffsetMap map = new OffsetMap(PartitionId.of("orders", 5), SourceOffset.of(40), TargetOffset.of(3));
        map.append(41, 7);
        map.append(60, 2);
        map.advance(99);
        return map;
    }

    /** Straight from {@code docs/formats.md}. */
    private static byte[] documented(int version) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 2 + 2 + 6 + 4 + 24 + 4 + 32 + 4);
        bytes.put("KLOM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) version)
                .putShort((short) 6)
                .put("orders".getBytes(StandardCharsets.US_ASCII))
                .putInt(5)
                .putLong(40)
                .putLong(3)
                .putLong(99)
                .putInt(2)
                .putLong(41)
                .putLong(7)
                .putLong(60)
                .putLong(2);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, bytes.position());
        return bytes.putInt((int) crc.getValue()).array();
    }
}
