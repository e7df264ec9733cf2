package io.kraftlift.testkit.signin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test's own, and the PKCS12 files that it makes. */
final class Certificates {
    static final String PASSWORD = "pass of stores";

    private static final Duration VALID = Duration.ofDays(1);
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final Path directory;
    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    /** @param authority the name of the authority, and what its files' names begin with */
    Certificates(Path directory, String authority) {
        this.directory = directory;
        this.name = new X500Name("CN=" + authority);
        this.keys = newKeys();
        this.certificate = issue(name, keys, true);
    }

    /** A store that trusts this authority. */
    Path truststore() {
        try {
            KeyStore store = emptyStore();
            store.setCertificateEntry("authority", certificate);
            return write(store, "truststore");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a truststore must be possible", e);
        }
    }

    /** A store with a key for somebody, and this authority's word for it; good for a server on loopback too. */
    Path keystore(String owner) {
        KeyPair own = newKeys();
        X509Certificate issued = issue(new X500Name("CN=" + owner), own, false);
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry(owner, own.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {issued, certificate});
            return write(store, owner);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a keystore must be possible", e);
        }
    }

    private X509Certificate issue(X500Name subject, KeyPair subjectKeys, boolean authority) {
        Instant now = Instant.now();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(now.minus(CLOCKS_APART)),
                    Date.from(now.plus(VALID)),
                    subject,
                    subjectKeys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.dNSName, "localhost")
                }));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("a certificate must be possible", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this curve", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new IllegalStateException("an empty store must be possible", e);
        }
        return store;
    }

    private Path write(KeyStore store, String what) throws GeneralSecurityException {
        Path file = directory.resolve(name.toString().substring("CN=".length()) + "-" + what + ".p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
