package io.kraftlift.access.signing;

import io.kraftlift.core.stores.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key in its one legal encoding, the SubjectPublicKeyInfo of RFC 8410. */
final class Ed25519PublicKey {
    /** SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING of 32 bytes }, up to the key itself. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int LENGTH = PREFIX.length + Ed25519PublicKeyParameters.KEY_SIZE;

    private final byte[] encoded;

    private Ed25519PublicKey(byte[] encoded) {
        this.encoded = encoded;
    }

    static Ed25519PublicKey of(Ed25519PublicKeyParameters key) {
        byte[] encoded = Arrays.copyOf(PREFIX, LENGTH);
        key.encode(encoded, PREFIX.length);
        return new Ed25519PublicKey(encoded);
    }

    /** Empty unless the bytes are such an encoding of a point of full order: others verify more than one message. */
    static Optional<Ed25519PublicKey> parse(byte[] encoded) {
        if (encoded.length != LENGTH
                || !Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)
                || !Ed25519.validatePublicKeyFull(encoded, PREFIX.length)) {
            return Optional.empty();
        }
        return Optional.of(new Ed25519PublicKey(encoded.clone()));
    }

    boolean verifies(byte[] message, byte[] signature) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, new Ed25519PublicKeyParameters(encoded, PREFIX.length));
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }

    Sha256 id() {
        return Sha256.of(encoded);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(encoded);
    }
}
