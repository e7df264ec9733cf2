package io.kraftlift.access.signing;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.stores.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Checks a file of evidence, or of an execution's history, without network and without believing anything in it before it is shown. Whatever is not
 * exactly as {@link EvidenceSealer} writes it is refused.
 */
public final class EvidenceVerifier {
    private static final int SIGNATURE_LENGTH = 64;

    private EvidenceVerifier() {}

    /**
     * Checks the file.
     *
     * @param expectedKeyId the only key to believe in; null accepts any key, and the caller has to look at which it was
     */
    public static VerificationResult verify(byte[] file, @Nullable Sha256 expectedKeyId) {
        try {
            SignedEvidence evidence = EvidenceFile.parse(file);
            require(Arrays.equals(Documents.write(evidence), file), "the file is not as it was written");
            byte[] bundle = evidence.bundleJson().getBytes(StandardCharsets.UTF_8);
            checkSignature(evidence, bundle);
            require(
                    expectedKeyId == null || expectedKeyId.equals(evidence.keyId()),
                    "it was signed with the key " + evidence.keyId() + ", not with " + expectedKeyId);
            return genuine(evidence, EvidenceFile.parse(bundle, JsonNode.class));
        } catch (Refusal e) {
            return new VerificationResult.Refused(String.valueOf(e.getMessage()));
        } catch (IOException | IllegalArgumentException e) {
            // A parser's message goes on with where it stood, in lines of its own.
            String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            return new VerificationResult.Refused("it is not a file of evidence: " + why);
        }
    }

    private static void checkSignature(SignedEvidence evidence, byte[] bundle) throws Refusal {
        require(evidence.algorithm().equals(SignedEvidence.ALGORITHM), "algorithm: must be Ed25519");
        Ed25519PublicKey key = Ed25519PublicKey.parse(base64("public_key", evidence.publicKey()))
                .orElseThrow(() -> new Refusal("public_key: must be an Ed25519 key"));
        require(key.id().equals(evidence.keyId()), "key_id: is not the digest of public_key");
        require(Sha256.of(bundle).equals(evidence.bundleSha256()), "bundle_sha256: is not the digest of bundle_json");
        byte[] signature = base64("signature", evidence.signature());
        require(signature.length == SIGNATURE_LENGTH, "signature: must have 64 bytes, has " + signature.length);
        require(key.verifies(bundle, signature), "signature: does not belong to this bundle and key");
    }

    private static VerificationResult genuine(SignedEvidence evidence, JsonNode bundle) throws Refusal {
        require(
                bundle.isObject() && EvidenceSealer.canonical(bundle).equals(evidence.bundleJson()),
                "bundle_json: is not canonical JSON");
        JsonNode format = bundle.path("format");
        require(
                format.isInt() && format.intValue() == EvidenceSealer.FORMAT,
                "bundle_json.format: this version reads " + EvidenceSealer.FORMAT + ", not " + format);
        JsonNode signing = bundle.path("signing");
        require(
                signing.path("algorithm").asText().equals(evidence.algorithm())
                        && signing.path("key_id")
                                .asText()
                                .equals(evidence.keyId().hex()),
                "bundle_json.signing: names another key or algorithm than the file");
        if (!bundle.has("validation") && bundle.path("events").isArray()) {
            return new VerificationResult.GenuineHistory(
                    evidence.keyId(),
                    text(bundle, "/migration_id"),
                    text(bundle, "/execution"),
                    text(bundle, "/status"),
                    bundle.path("events").size(),
                    evidence.bundleSha256());
        }
        return new VerificationResult.Genuine(
                evidence.keyId(),
                text(bundle, "/migration_id"),
                text(bundle, "/validation/overall"),
                evidence.bundleSha256());
    }

    private static String text(JsonNode bundle, String pointer) throws Refusal {
        JsonNode value = bundle.at(pointer);
        require(value.isTextual(), "bundle_json" + pointer.replace('/', '.') + ": is missing");
        return value.textValue();
    }

    /** Only the one encoding with padding: the decoder also takes others. */
    private static byte[] base64(String member, String text) throws Refusal {
        byte[] bytes = Base64.getDecoder().decode(text);
        require(Base64.getEncoder().encodeToString(bytes).equals(text), member + ": is not canonical base64");
        return bytes;
    }

    private static void require(boolean holds, String otherwise) throws Refusal {
        if (!holds) {
            throw new Refusal(otherwise);
        }
    }

    /** Leaves the checks at the first that fails. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String reason) {
            super(reason);
        }
    }
}
