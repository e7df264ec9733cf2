package io.kraftlift.access.precheck;

import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.brokers.KafkaCluster;
import io.kraftlift.brokers.KraftCluster;
import io.kraftlift.brokers.Listener;
import io.kraftlift.brokers.ZooKeeperModeCluster;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.config.TrustSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A source with two brokers and a target with one, each with an authorizer: who comes by plaintext may do everything, who
 * comes by SCRAM as {@code mover} may do what ACLs allow.
 */
final class SecuredClusters implements AutoCloseable {
    static final String MOVER = "mover";

    private static final String PASSWORD = "a-password-for-tests";

    private final Path keystore;
    private final KafkaCluster source;
    private final KafkaCluster target;
    private final Admin sourceAdmin;
    private final Admin targetAdmin;

    private SecuredClusters(Path keystore, KafkaCluster source, KafkaCluster target) {
        this.keystore = keystore;
        this.source = source;
        this.target = target;
        this.sourceAdmin = Admin.create(Map.of("bootstrap.servers", source.bootstrapServers()));
        this.targetAdmin = Admin.create(Map.of("bootstrap.servers", target.bootstrapServers()));
    }

    static SecuredClusters start(Path directory) throws Exception {
        Path keystore = keystore(directory.resolve("brokers.p12"));
        CompletableFuture<KafkaCluster> source = CompletableFuture.supplyAsync(() -> ZooKeeperModeCluster.start(
                settings(directory.resolve("source"), keystore, "kafka.security.authorizer.AclAuthorizer")
                        .withBrokers(2)
                        .withBrokerProperties(Map.of(
                                // The last release whose topics may keep old message formats.
                                "inter.broker.protocol.version", "2.8",
                                // Lets a batch of a transaction in that no coordinator knows, as brokers before 3.6 do.
                                "transaction.partition.verification.enable", "false"))));
        KafkaCluster target = KraftCluster.start(settings(
                        directory.resolve("target"),
                        keystore,
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .withBrokerProperties(Map.of(
                        "message.max.bytes", "1000000",
                        "replica.fetch.max.bytes", "900000",
                        "unclean.leader.election.enable", "true")));
        SecuredClusters clusters = new SecuredClusters(keystore, source.get(2, TimeUnit.MINUTES), target);
        for (Admin admin : List.of(clusters.sourceAdmin, clusters.targetAdmin)) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            MOVER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
                    .all()
                    .get();
        }
        return clusters;
    }

    private static ClusterSettings settings(Path directory, Path keystore, String authorizer) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("authorizer.class.name", authorizer);
        properties.put("super.users", "User:ANONYMOUS");
        properties.put("listener.name.scram.ssl.keystore.location", keystore.toString());
        properties.put("listener.name.scram.ssl.keystore.type", "PKCS12");
        properties.put("listener.name.scram.ssl.keystore.password", PASSWORD);
        properties.put("listener.name.scram.ssl.key.password", PASSWORD);
        properties.put("listener.name.scram.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put(
                "listener.name.scram.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        return ClusterSettings.in(directory)
                .withListeners(List.of(new Listener("SCRAM", "SASL_SSL")))
                .withBrokerProperties(properties);
    }

    /** A key and its certificate for 127.0.0.1, by the JDK's own tool; clients trust the same file. */
    private static Path keystore(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        if (keytool.waitFor() != 0) {
            throw new UncheckedIOException(new IOException("keytool ended with " + keytool.exitValue()));
        }
        return file;
    }

    KafkaCluster source() {
        return source;
    }

    KafkaCluster target() {
        return target;
    }

    /** With every right. */
    Admin sourceAdmin() {
        return sourceAdmin;
    }

    /** With every right. */
    Admin targetAdmin() {
        return targetAdmin;
    }

    /** The way in for those who may do everything. */
    static io.kraftlift.core.config.ClusterSettings open(KafkaCluster cluster) {
        return new io.kraftlift.core.config.ClusterSettings(
                new ClusterLocation.Bootstrap(cluster.bootstrapServers()), new AuthSettings.Plaintext());
    }

    /** The way in for {@code mover}. */
    io.kraftlift.core.config.ClusterSettings byScram(KafkaCluster cluster) {
        return byScram(cluster, PASSWORD);
    }

    io.kraftlift.core.config.ClusterSettings byScram(KafkaCluster cluster, String password) {
        return new io.kraftlift.core.config.ClusterSettings(
                new ClusterLocation.Bootstrap(cluster.bootstrapServers("SCRAM")),
                new AuthSettings.ScramSha512(
                        MOVER, new Secret(password), new TrustSettings(keystore.toString(), new Secret(PASSWORD))));
    }

    @Override
    public void close() {
        sourceAdmin.close();
        targetAdmin.close();
        source.close();
        target.close();
    }
}
