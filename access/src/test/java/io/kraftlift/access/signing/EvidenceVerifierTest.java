package io.kraftlift.access.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.evidence.VerificationResult.GenuineHistory;
import io.kraftlift.core.evidence.VerificationResult.Refused;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.stores.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceVerifierTest {
    /** Of RFC 8032, 7.1, test 1, as PKCS#8. */
    private static final String PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """;

    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static final byte[] FILE = EvidenceSealer.seal(account("PASSED"), KEY);

    @Test
    void acceptsWhatItSealed() {
        assertThat(EvidenceVerifier.verify(FILE, KEY.keyId()))
                .isEqualTo(new Genuine(
                        KEY.keyId(),
                        "orders-2026",
                        "PASSED",
                        Sha256.of(envelope().bundleJson().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void acceptsEvidenceOfAFailedValidationAndSaysSo() {
        assertThat(EvidenceVerifier.verify(EvidenceSealer.seal(account("FAILED"), KEY), null))
                .isInstanceOfSatisfying(
                        Genuine.class,
                        genuine -> assertThat(genuine.validation()).isEqualTo("FAILED"));
    }

    @Test
    void acceptsAnExecutionsHistoryAndSaysHowItEnded() {
        byte[] file = EvidenceSealer.seal(history(), KEY);

        assertThat(EvidenceVerifier.verify(file, KEY.keyId())).isInstanceOfSatisfying(GenuineHistory.class, history -> {
            assertThat(history.migration()).isEqualTo("orders-2026");
            assertThat(history.execution()).isEqualTo("arn:execution:night-1");
            assertThat(history.status()).isEqualTo("ABORTED");
            assertThat(history.events()).isEqualTo(2);
        });
        file[file.length / 2] ^= 1;
        assertRefused(file, "a changed history");
        assertRefused(EvidenceSealer.seal(history().put("status", 1), KEY), "a history that did not end");
    }

    private static ObjectNode history() {
        ObjectNode history = Documents.mapper()
                .createObjectNode()
                .put("migration_id", "orders-2026")
                .put("execution", "arn:execution:night-1")
                .put("status", "ABORTED");
        history.putArray("events").add("entered").add("left");
        return history;
    }

    @Test
    void refusesEveryChangedByte() {
        for (int at = 0; at < FILE.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = FILE.clone();
                changed[at] ^= (byte) (1 << bit);
                assertRefused(changed, "bit " + bit + " of byte " + at);
            }
            for (char inserted : new char[] {' ', '\n', '=', '0', '"', ','}) {
                byte[] changed = FILE.clone();
                if (changed[at] != inserted) {
                    changed[at] = (byte) inserted;
                    assertRefused(changed, "byte " + at + " made " + (int) inserted);
                }
            }
        }
    }

    @Test
    void refusesEveryTruncationAndEveryInsertedSpace() {
        for (int at = 0; at < FILE.length; at++) {
            assertRefused(Arrays.copyOf(FILE, at), "cut at " + at);
            byte[] longer = new byte[FILE.length + 1];
            System.arraycopy(FILE, 0, longer, 0, at);
            longer[at] = ' ';
            System.arraycopy(FILE, at, longer, at + 1, FILE.length - at);
            assertRefused(longer, "a space at " + at);
        }
        assertRefused(Arrays.copyOf(FILE, FILE.length + 1), "a zero byte after the end");
        assertRefused((text() + "\n").getBytes(StandardCharsets.UTF_8), "a line feed after the end");
    }

    @Test
    void refusesMembersThatAreUnknownOrThereTwiceOrInAnotherOrder() {
        assertRefused(text().replaceFirst("\\{", "{\"a\":1,"), "an unknown member");
        assertRefused(text().replaceFirst("\\{", "{\"algorithm\":\"Ed25519\","), "a member twice");
        String algorithm = "\"algorithm\":\"Ed25519\",";
        assertRefused(
                text().replace(algorithm, "").replaceFirst("\\}$", ",\"algorithm\":\"Ed25519\"}"), "another order");
        assertRefused(text().replace("\"Ed25519\",\"bundle_json\"", "\"\\u0045d25519\",\"bundle_json\""), "an escape");
    }

    @Test
    void refusesBase64WithoutPaddingOrWithStrayBits() {
        SignedEvidence good = envelope();
        assertRefused(text().replace(good.signature(), good.signature().replace("=", "")), "no padding");
        String lastDigits = good.signature().substring(good.signature().length() - 4);
        assertThat(lastDigits).endsWith("==");
        char last = lastDigits.charAt(1);
        // 64 bytes leave 4 unused bits in the last digit; "A" to "B" changes one of them only.
        String stray = good.signature().substring(0, good.signature().length() - 3) + (char) (last + 1) + "==";
        assertRefused(text().replace(good.signature(), stray), "stray bits");
    }

    @Test
    void refusesAnotherKeyThanTheExpectedAndAcceptsItWhereNoneIsExpected() {
        SigningKey other = SigningKey.generate(new SecureRandom());
        byte[] signedAgain = EvidenceSealer.seal(account("PASSED"), other);

        assertThat(EvidenceVerifier.verify(signedAgain, KEY.keyId()))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains(other.keyId().hex(), KEY.keyId().hex()));
        assertThat(EvidenceVerifier.verify(signedAgain, null))
                .isInstanceOfSatisfying(
                        Genuine.class, genuine -> assertThat(genuine.keyId()).isEqualTo(other.keyId()));
    }

    @Test
    void refusesAKeyOfAnotherFileEvenWithItsOwnKeyId() {
        SigningKey other = SigningKey.generate(new SecureRandom());
        SignedEvidence good = envelope();
        assertRefused(
                Documents.write(new SignedEvidence(
                        good.algorithm(),
                        good.bundleJson(),
                        good.bundleSha256(),
                        other.keyId(),
                        other.publicKey(),
                        good.signature())),
                "another public key");
    }

    @Test
    void refusesAKeyOfSmallOrder() {
        byte[] smallOrder = Base64.getDecoder().decode(KEY.publicKey());
        Arrays.fill(smallOrder, 12, 44, (byte) 0);
        smallOrder[12] = 1;
        assertThat(Ed25519PublicKey.parse(smallOrder)).isEmpty();
    }

    @Test
    void refusesABundleThatThisVersionCannotRead() {
        ObjectNode bundle = account("PASSED").put("format", 2);
        bundle.putObject("signing")
                .put("algorithm", "Ed25519")
                .put("key_id", KEY.keyId().hex());
        assertThat(EvidenceVerifier.verify(signedAsIs(EvidenceSealer.canonical(bundle)), null))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).contains("format", "not 2"));
        assertThat(EvidenceVerifier.verify(signedAsIs("{ }"), null)).isInstanceOf(Refused.class);
        assertThat(EvidenceVerifier.verify(signedAsIs("[]"), null)).isInstanceOf(Refused.class);
    }

    @Test
    void readsItsKeyFromPemAndSignsWhatAnotherImplementationVerifies(@TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("key.pem"), PEM);
        SigningKey key = SigningKey.read(pem);
        SignedEvidence evidence =
                Documents.read(EvidenceSealer.seal(account("PASSED"), key), SignedEvidence.class, "evidence.json");

        assertThat(HexOf.last32(Base64.getDecoder().decode(evidence.publicKey())))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        Signature platform = Signature.getInstance("Ed25519");
        platform.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(evidence.publicKey()))));
        platform.update(evidence.bundleJson().getBytes(StandardCharsets.UTF_8));
        assertThat(platform.verify(Base64.getDecoder().decode(evidence.signature())))
                .isTrue();
    }

    @Test
    void refusesAPemThatIsNoKeyWithoutShowingIt(@TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("key.pem"), PEM.replace("MC4CAQAw", "AAAAAAAA"));
        assertThatThrownBy(() -> SigningKey.read(pem))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("evidence.signing_key_path")
                .hasMessageContaining("openssl genpkey")
                .hasMessageNotContaining("IJ1hsZ3v");
        assertThatThrownBy(() -> SigningKey.read(folder.resolve("none.pem"))).isInstanceOf(OperatorActionNeeded.class);
    }

    private static ObjectNode account(String overall) {
        ObjectNode account = Documents.mapper().createObjectNode().put("migration_id", "orders-2026");
        account.putObject("validation").put("overall", overall);
        return account.put("topic", "päyments \"quoted\" \u2028").put("count", 12);
    }

    private static byte[] signedAsIs(String bundle) {
        byte[] message = bundle.getBytes(StandardCharsets.UTF_8);
        return Documents.write(new SignedEvidence(
                SignedEvidence.ALGORITHM,
                bundle,
                Sha256.of(message),
                KEY.keyId(),
                KEY.publicKey(),
                Base64.getEncoder().encodeToString(KEY.sign(message))));
    }

    private static SignedEvidence envelope() {
        return Documents.read(FILE, SignedEvidence.class, "evidence.json");
    }

    private static String text() {
        return new String(FILE, StandardCharsets.UTF_8);
    }

    private static void assertRefused(String file, String what) {
        assertThat(file).as(what).isNotEqualTo(text());
        assertRefused(file.getBytes(StandardCharsets.UTF_8), what);
    }

    private static void assertRefused(byte[] file, String what) {
        VerificationResult result = EvidenceVerifier.verify(file, null);
        assertThat(result).as(what).isInstanceOf(Refused.class);
    }

    private static final class HexOf {
        static String last32(byte[] encoded) {
            return java.util.HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
        }
    }
}
