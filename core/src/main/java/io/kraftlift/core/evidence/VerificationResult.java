package io.kraftlift.core.evidence;

import io.kraftlift.core.stores.Sha256;
import java.util.function.Function;

/** What checking a file of evidence came to. */
public sealed interface VerificationResult {
    /**
     * The file is, to the byte, what the holder of the key signed.
     *
     * @param keyId who signed; worth as much as the reader's reason to believe in that key
     * @param migration the migration's id, as the bundle has it
     * @param validation the outcome of the migration's own checks: PASSED, WARNING or FAILED
     * @param bundleSha256 the digest of the bundle
     */
    record Genuine(Sha256 keyId, String migration, String validation, Sha256 bundleSha256)
            implements VerificationResult {}

    /**
     * The same of an execution's history, which lies beside the evidence.
     *
     * @param execution the execution's ARN
     * @param status how it ended, in the words of Step Functions
     * @param events how many events the history has
     */
    record GenuineHistory(
            Sha256 keyId, String migration, String execution, String status, int events, Sha256 bundleSha256)
            implements VerificationResult {}

    /** The file proves nothing; {@code reason} says what was wrong first. */
    record Refused(String reason) implements VerificationResult {}

    default <R> R fold(
            Function<Genuine, R> genuine, Function<GenuineHistory, R> history, Function<Refused, R> refused) {
        if (this instanceof Genuine yes) {
            return genuine.apply(yes);
        }
        if (this instanceof GenuineHistory yes) {
            return history.apply(yes);
        }
        return refused.apply((Refused) this);
    }
}
