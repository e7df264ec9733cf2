package io.kraftlift.access.signing;

import io.kraftlift.core.config.Secret;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/** A private Ed25519 key that signs evidence. It never leaves this object. */
public final class SigningKey {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private final Ed25519PrivateKeyParameters key;
    private final Ed25519PublicKey publicKey;

    private SigningKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
        this.publicKey = Ed25519PublicKey.of(key.generatePublicKey());
    }

    /** A new key, for one run. What it signs proves that nothing was changed since, and not who signed. */
    public static SigningKey generate(SecureRandom random) {
        return new SigningKey(new Ed25519PrivateKeyParameters(random));
    }

    /**
     * Reads an unencrypted PKCS#8 key in PEM, as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the file cannot be read or is no such key
     */
    public static SigningKey read(Path pem) {
        Place place = new Place("evidence.signing_key_path", "of " + pem);
        try {
            return parse(place, Files.readString(pem, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw notAKey(place, unreadable(e), e);
        }
    }

    /**
     * Takes the same from a text, such as a secret of Secrets Manager.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it is no such key
     */
    public static SigningKey of(Secret pem) {
        return parse(new Place("evidence.signing_key", "of the secret"), pem.reveal());
    }

    /** Which setting the key comes from, and how to speak of what it names. */
    private record Place(String setting, String of) {}

    private static SigningKey parse(Place place, String text) {
        try {
            Matcher matcher = PEM.matcher(text);
            if (!matcher.find()) {
                throw notAKey(place, "it has no PRIVATE KEY block", null);
            }
            AsymmetricKeyParameter key =
                    PrivateKeyFactory.createKey(Base64.getMimeDecoder().decode(matcher.group(1)));
            if (key instanceof Ed25519PrivateKeyParameters ed25519) {
                return new SigningKey(ed25519);
            }
            throw notAKey(place, "it is a key of another algorithm", null);
        } catch (IOException | IllegalArgumentException e) {
            throw notAKey(place, unreadable(e), e);
        }
    }

    /** Without the exception's message: a parser's complaint may quote the key. */
    private static String unreadable(Exception e) {
        return "it cannot be read (" + e.getClass().getSimpleName() + ")";
    }

    /** The SHA-256 of the public key's SubjectPublicKeyInfo. */
    public Sha256 keyId() {
        return publicKey.id();
    }

    /** The public key's SubjectPublicKeyInfo, base64. */
    public String publicKey() {
        return publicKey.base64();
    }

    byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    @Override
    public String toString() {
        return SignedEvidence.ALGORITHM + " key " + keyId();
    }

    private static OperatorActionNeeded notAKey(
            Place place, String why, @org.jspecify.annotations.Nullable Exception cause) {
        String message = place.setting() + ": must be an unencrypted PKCS#8 Ed25519 key in PEM, but " + place.of() + " "
                + why + "; make one with openssl genpkey -algorithm ed25519";
        return cause == null
                ? new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, message)
                : new OperatorActionNeeded(FailureName.CONFIGURATION_WRONG, message, cause);
    }
}
