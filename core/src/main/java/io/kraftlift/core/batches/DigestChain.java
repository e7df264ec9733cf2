package io.kraftlift.core.batches;

import io.kraftlift.core.stores.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The digest over all record batches of a partition, in order. With {@code D(0)} the SHA-256 of the ASCII text {@code
 * kraftlift digest 1},
 *
 * <pre>D(n) = SHA-256( D(n-1) | base timestamp, 8 | attributes AND 0x0f, 2 | record count, 4 | every byte from 61 on )</pre>
 *
 * It leaves out what a broker or a producer decides (offsets, leader epoch, producer, sequence, checksum, the
 * transactional and delete-horizon bits) and takes in everything that decides what a consumer reads. The same batches
 * give the same digest whether they are taken from a segment or read from the target.
 *
 * <p>Mutable, confined to one thread at a time.
 */
public final class DigestChain {
    /** {@code D(0)}: no batch yet. */
    public static final Sha256 START = Sha256.of("kraftlift digest 1".getBytes(StandardCharsets.US_ASCII));

    private static final int NUMBERS = Long.BYTES + Short.BYTES + Integer.BYTES;

    private final MessageDigest digest = Sha256.newDigest();
    private final byte[] value;
    private final ByteBuffer numbers = ByteBuffer.allocate(NUMBERS);

    /** Goes on from the digest of the batches so far. */
    public DigestChain(Sha256 from) {
        this.value = HexFormat.of().parseHex(from.hex());
    }

    /** Adds the batch that starts at {@code at}. */
    public void append(ByteBuffer buffer, int at) {
        digest.update(value);
        numbers.clear()
                .putLong(BatchHeader.baseTimestamp(buffer, at))
                .putShort(BatchHeader.readingAttributes(buffer, at))
                .putInt(BatchHeader.count(buffer, at))
                .flip();
        digest.update(numbers);
        digest.update(
                buffer.duplicate().limit(at + BatchHeader.size(buffer, at)).position(at + BatchHeader.SIZE));
        try {
            digest.digest(value, 0, value.length);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 is 32 bytes", e);
        }
    }

    /** The digest of the batches so far. */
    public Sha256 value() {
        return new Sha256(HexFormat.of().formatHex(value));
    }

    /** The same as bytes; a copy. */
    public byte[] bytes() {
        return Arrays.copyOf(value, value.length);
    }
}
