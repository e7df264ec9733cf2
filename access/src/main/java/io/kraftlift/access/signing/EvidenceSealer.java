package io.kraftlift.access.signing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.stores.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes the file {@code evidence.json} of an account. */
public final class EvidenceSealer {
    /** The bundle's member {@code format}. */
    static final int FORMAT = 1;

    private EvidenceSealer() {}

    /**
     * The file's bytes. The bundle gets the members {@code format} and {@code signing}; the caller's tree stays as it is.
     */
    public static byte[] seal(ObjectNode account, SigningKey key) {
        ObjectNode bundle = account.deepCopy();
        bundle.put("format", FORMAT);
        bundle.putObject("signing")
                .put("algorithm", SignedEvidence.ALGORITHM)
                .put("key_id", key.keyId().hex());
        String bundleJson = canonical(bundle);
        byte[] message = bundleJson.getBytes(StandardCharsets.UTF_8);
        return Documents.write(new SignedEvidence(
                SignedEvidence.ALGORITHM,
                bundleJson,
                Sha256.of(message),
                key.keyId(),
                key.publicKey(),
                Base64.getEncoder().encodeToString(key.sign(message))));
    }

    /** A tree as JSON with members in alphabetical order and no white space. */
    static String canonical(com.fasterxml.jackson.databind.JsonNode tree) {
        try {
            return Documents.mapper()
                    .writer()
                    .with(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                    .writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(FailureName.DEFECT, "the evidence cannot be written as JSON", e);
        }
    }
}
