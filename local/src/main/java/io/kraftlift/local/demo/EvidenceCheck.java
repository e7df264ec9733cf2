package io.kraftlift.local.demo;

import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.evidence.VerificationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether an evidence file is there and genuine. */
record EvidenceCheck(boolean genuine, @Nullable String keyId) {
    static EvidenceCheck of(Path evidence) {
        try {
            VerificationResult result = EvidenceVerifier.verify(Files.readAllBytes(evidence), null);
            return result instanceof VerificationResult.Genuine genuine
                    ? new EvidenceCheck(true, genuine.keyId().hex())
                    : new EvidenceCheck(false, null);
        } catch (IOException e) {
            return new EvidenceCheck(false, null);
        }
    }
}
