package io.kraftlift.core.evidence;

import io.kraftlift.core.stores.Sha256;

/**
 * The document {@code evidence.json}. Its file is exactly its canonical JSON: members in alphabetical order, no white
 * space, UTF-8, nothing after the closing brace.
 *
 * @param algorithm {@link #ALGORITHM}
 * @param bundleJson the account itself, as canonical JSON; the text whose UTF-8 bytes are signed. Its member {@code
 *     signing} repeats {@code algorithm} and {@code keyId}, so that these are signed too
 * @param bundleSha256 of the UTF-8 bytes of {@code bundleJson}
 * @param keyId the SHA-256 of {@code publicKey}, so that it can be told over the telephone or kept in a ticket
 * @param publicKey the SubjectPublicKeyInfo (RFC 8410), base64 with padding
 * @param signature 64 bytes (RFC 8032), base64 with padding
 */
public record SignedEvidence(
        String algorithm, String bundleJson, Sha256 bundleSha256, Sha256 keyId, String publicKey, String signature) {
    public static final String ALGORITHM = "Ed25519";
}
