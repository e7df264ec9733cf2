package io.kraftlift.core.segments;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A segment written straight from {@code docs/formats.md}, with none of the code under test. */
final class NaiveSegment {
    private NaiveSegment() {}

    /** Lane 2, number 7: one partition, a batch of two records, an advance, a gap. */
    static byte[] small(int version) {
        return segment(version, -1);
    }

    /** The same, of a partition whose topic was deleted (1) or made anew (2) after that. */
    static byte[] ended(int version, int why) {
        return segment(version, why);
    }

    private static byte[] segment(int version, int why) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write("KLSG".getBytes(StandardCharsets.US_ASCII));
            out.writeShort(version);
            out.writeInt(2);
            out.writeLong(7);
            out.writeLong(0x1122334455667788L);
            out.writeLong(0x99aabbccddeeff00L);
            out.writeLong(4711);
            out.writeShort(0);
            out.writeByte(1);
            out.writeShort(6);
            out.write("orders".getBytes(StandardCharsets.US_ASCII));
            out.writeInt(5);
            out.writeLong(100);
            out.writeLong(3);
            out.writeByte(2);
            out.writeInt(0);
            out.writeInt(2);
            out.writeLong(100);
            out.writeInt(1);
            out.writeLong(103);
            out.writeInt(1);
            out.writeLong(104);
            out.writeInt(71);
            out.write(batch());
            out.writeByte(3);
            out.writeInt(0);
            out.writeLong(110);
            out.writeByte(4);
            out.writeInt(0);
            out.writeLong(110);
            out.writeLong(119);
            if (why >= 0) {
                out.writeByte(5);
                out.writeInt(0);
                out.writeByte(why);
            }
            out.writeByte(0);
            out.writeInt(1);
            out.writeLong(120);
            out.writeLong(5);
            out.writeLong(2);
            out.writeLong(71);
            for (int i = 0; i < 32; i++) {
                out.writeByte(i);
            }
            out.flush();
            CRC32C crc = new CRC32C();
            crc.update(bytes.toByteArray());
            out.writeInt((int) crc.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** 71 bytes that are as long as they say; only the length is looked at by the reader. */
    static byte[] batch() {
        byte[] batch = new byte[71];
        batch[11] = 71 - 12;
        batch[16] = 2;
        batch[60] = 2;
        for (int i = 61; i < batch.length; i++) {
            batch[i] = (byte) i;
        }
        return batch;
    }
}
