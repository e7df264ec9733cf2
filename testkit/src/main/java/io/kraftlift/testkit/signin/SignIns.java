package io.kraftlift.testkit.signin;

import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.config.TrustSettings;
import io.kraftlift.testkit.iam.IamLoginModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * Gives brokers a listener for every {@link SignIn}, and a test the credentials for them, right ones and wrong ones. What
 * is admitted can be taken back while brokers and clients run.
 *
 * <p>Mutable through the file of access keys; guarded by its own monitor.
 */
public final class SignIns {
    /** The user of SCRAM. */
    public static final String USER = "kraftlift-mover";

    /** Characters that a JAAS configuration has to quote. */
    private static final String PASSWORD = "pass \"word\\ of; mover";

    private static final int ITERATIONS = 4096;

    private final Certificates authority;
    private final Path truststore;
    private final Path brokerKeys;
    private final Path moverKeys;
    private final Path strangerKeys;
    private final Path strangerTruststore;
    private final Path accessKeysFile;
    private final Properties accessKeys = new Properties();
    private final AwsIdentity user = AwsIdentity.user();

    /** Keeps its certificates and access keys in the directory, which exists. */
    public SignIns(Path directory) {
        Certificates strangers = new Certificates(directory, "strangers");
        this.authority = new Certificates(directory, "ours");
        this.truststore = authority.truststore();
        this.brokerKeys = authority.keystore("broker");
        this.moverKeys = authority.keystore("mover");
        this.strangerKeys = strangers.keystore("mover");
        this.strangerTruststore = strangers.truststore();
        this.accessKeysFile = directory.resolve("access-keys.properties");
        admit(user);
    }

    /** The settings of a cluster whose brokers have these listeners besides their own. */
    public ClusterSettings listenersOn(ClusterSettings cluster) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("ssl.keystore.type", "PKCS12");
        properties.put("ssl.keystore.location", brokerKeys.toString());
        properties.put("ssl.keystore.password", Certificates.PASSWORD);
        properties.put("ssl.key.password", Certificates.PASSWORD);
        properties.put("ssl.truststore.type", "PKCS12");
        properties.put("ssl.truststore.location", truststore.toString());
        properties.put("ssl.truststore.password", Certificates.PASSWORD);
        properties.put(SignIn.MTLS.prefix() + "ssl.client.auth", "required");
        sasl(
                properties,
                SignIn.SCRAM,
                "SCRAM-SHA-512",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        sasl(
                properties,
                SignIn.IAM,
                "AWS_MSK_IAM",
                IamLoginModule.class.getName() + " required keys=\"" + accessKeysFile + "\";");
        properties.putAll(cluster.brokerProperties());
        return cluster.withBrokerProperties(properties)
                .withListeners(
                        Arrays.stream(SignIn.values()).map(SignIn::listener).toList())
                .withJars(List.of(placeOf(IamLoginModule.class)));
    }

    private static void sasl(Map<String, String> properties, SignIn how, String mechanism, String jaas) {
        properties.put(how.prefix() + "sasl.enabled.mechanisms", mechanism);
        properties.put(how.prefix() + mechanism.toLowerCase(Locale.ROOT) + ".sasl.jaas.config", jaas);
    }

    /** Makes {@link #USER} known to a cluster. */
    public void admitUser(KafkaCluster cluster) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), PASSWORD)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(cluster.directory() + ": does not take a user", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(cluster.directory() + ": interrupted", e);
        }
    }

    /** Takes {@link #USER} from a cluster; open connections last until their session ends. */
    public void dismissUser(KafkaCluster cluster) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            admin.alterUserScramCredentials(
                            List.of(new UserScramCredentialDeletion(USER, ScramMechanism.SCRAM_SHA_512)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(cluster.directory() + ": does not let a user go", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(cluster.directory() + ": interrupted", e);
        }
    }

    /** The AWS user whose access key all brokers know. */
    public AwsIdentity awsUser() {
        return user;
    }

    /** A session of a role that all brokers accept until the given time. */
    public AwsIdentity awsSession(Instant until) {
        AwsIdentity session = AwsIdentity.session();
        know(session, session.secret() + " " + session.token() + " " + until);
        return session;
    }

    /** Ends a session of a role; open connections last until they sign in again. */
    public void end(AwsIdentity session) {
        know(session, session.secret() + " " + session.token() + " " + Instant.EPOCH);
    }

    /** An AWS user whose access key no broker knows. */
    public static AwsIdentity unknownAwsUser() {
        return AwsIdentity.user();
    }

    private void admit(AwsIdentity identity) {
        know(identity, identity.secret());
    }

    private synchronized void know(AwsIdentity identity, String line) {
        accessKeys.setProperty(identity.accessKey(), line);
        try (var out = Files.newBufferedWriter(accessKeysFile)) {
            accessKeys.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(accessKeysFile + ": cannot be written", e);
        }
    }

    /** A cluster and the right way in; with {@link SignIn#IAM} the process needs an {@link AwsIdentity}. */
    public static io.kraftlift.core.config.ClusterSettings to(KafkaCluster cluster, SignIn how, AuthSettings auth) {
        return new io.kraftlift.core.config.ClusterSettings(
                new ClusterLocation.Bootstrap(cluster.bootstrapServers(how.name())), auth);
    }

    /** The same with the right credentials. */
    public io.kraftlift.core.config.ClusterSettings to(KafkaCluster cluster, SignIn how) {
        return to(cluster, how, auth(how));
    }

    /** The right credentials. */
    public AuthSettings auth(SignIn how) {
        return switch (how) {
            case TLS -> new AuthSettings.Tls(trust());
            case MTLS -> mtls(moverKeys);
            case SCRAM -> scram(PASSWORD);
            case IAM -> new AuthSettings.Iam(trust());
        };
    }

    /** TLS that believes in an authority which made no broker's certificate. */
    public AuthSettings tlsOfStrangers() {
        return new AuthSettings.Tls(
                new TrustSettings(strangerTruststore.toString(), new Secret(Certificates.PASSWORD)));
    }

    /** TLS with a client certificate of an authority that no broker knows. */
    public AuthSettings mtlsOfStranger() {
        return mtls(strangerKeys);
    }

    /** SCRAM with a password that is not the user's. */
    public AuthSettings wrongPassword() {
        return scram("guess");
    }

    private AuthSettings mtls(Path keystore) {
        return new AuthSettings.Mtls(keystore.toString(), new Secret(Certificates.PASSWORD), trust());
    }

    private AuthSettings scram(String password) {
        return new AuthSettings.ScramSha512(USER, new Secret(password), trust());
    }

    private TrustSettings trust() {
        return new TrustSettings(truststore.toString(), new Secret(Certificates.PASSWORD));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of " + type + " must be a file", e);
        }
    }
}
