package io.kraftlift.access.kafka;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.msk.MskApi;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.TrustSettings;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/** What every Kafka client needs to reach a cluster: bootstrap servers, protocol, credentials. */
public final class ClientProperties {
    private ClientProperties() {}

    /** Finds the brokers of a cluster that is given by its ARN. */
    @FunctionalInterface
    interface Finder {
        String bootstrapServers(String arn, AuthSettings auth);
    }

    /**
     * The properties for a cluster; a fresh, mutable map. For a cluster that is given by its ARN the MSK API is asked. A
     * broker is asked whether its listener fits the authentication.
     *
     * @param name what the cluster is to us, {@code source} or {@code target}
     * @param session as whom MSK is asked, and whose credentials IAM is signed in to with
     * @throws io.kraftlift.core.failures.OperatorActionNeeded CONFIGURATION_WRONG when there is no such cluster, none of
     *     its addresses fits the authentication, or a listener speaks TLS and should not, or does not and should,
     *     ACCESS_DENIED when the MSK API may not be asked
     * @throws io.kraftlift.core.failures.TryAgain SERVICE_UNREACHABLE when the MSK API does not answer
     */
    public static Map<String, Object> of(ClusterSettings cluster, String name, AwsSession session) {
        Map<String, Object> properties = of(cluster, session, (arn, auth) -> askMsk(arn, auth, session));
        new ListenerProbe(name, cluster.auth())
                .requireLanguage(String.valueOf(properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)));
        return properties;
    }

    /** The same, with the AWS SDK's default chains. */
    public static Map<String, Object> of(ClusterSettings cluster, String name) {
        return of(cluster, name, AwsSession.BY_DEFAULT_CHAINS);
    }

    static Map<String, Object> of(ClusterSettings cluster, AwsSession session, Finder finder) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapOf(cluster, finder));
        AuthSettings auth = cluster.auth();
        if (auth instanceof AuthSettings.Plaintext) {
            protocol(properties, "PLAINTEXT");
        } else if (auth instanceof AuthSettings.Tls tls) {
            protocol(properties, "SSL");
            trust(properties, tls.trust());
        } else if (auth instanceof AuthSettings.Mtls mtls) {
            protocol(properties, "SSL");
            trust(properties, mtls.trust());
            properties.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, mtls.keystore());
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, storeType(mtls.keystore()));
            properties.put(
                    SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG,
                    mtls.keystorePassword().reveal());
        } else if (auth instanceof AuthSettings.ScramSha512 scram) {
            protocol(properties, "SASL_SSL");
            trust(properties, scram.trust());
            properties.put(SaslConfigs.SASL_MECHANISM, "SCRAM-SHA-512");
            properties.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username="
                            + quoted(scram.username()) + " password="
                            + quoted(scram.password().reveal()) + ";");
        } else {
            AuthSettings.Iam iam = (AuthSettings.Iam) auth;
            protocol(properties, "SASL_SSL");
            trust(properties, iam.trust());
            properties.put(SaslConfigs.SASL_MECHANISM, "AWS_MSK_IAM");
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, iamLogin(session));
            properties.put(
                    SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS,
                    "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
        }
        return properties;
    }

    /** By the SDK's default chain of credentials where no profile is named. */
    private static String iamLogin(AwsSession session) {
        return "software.amazon.msk.auth.iam.IAMLoginModule required"
                + session.profile()
                        .map(profile -> " awsProfileName=" + quoted(profile))
                        .orElse("") + ";";
    }

    private static String bootstrapOf(ClusterSettings cluster, Finder finder) {
        return cluster.location() instanceof ClusterLocation.Bootstrap bootstrap
                ? bootstrap.servers()
                : finder.bootstrapServers(((ClusterLocation.Arn) cluster.location()).arn(), cluster.auth());
    }

    private static String askMsk(String arn, AuthSettings auth, AwsSession session) {
        try (MskApi msk = MskApi.of(arn, session)) {
            return msk.bootstrapServers(auth);
        }
    }

    private static void protocol(Map<String, Object> properties, String protocol) {
        properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
    }

    private static void trust(Map<String, Object> properties, @Nullable TrustSettings trust) {
        if (trust != null) {
            properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, trust.truststore());
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, storeType(trust.truststore()));
            properties.put(
                    SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, trust.password().reveal());
        }
    }

    /** By the file's name, as Java's keytool makes them. */
    private static String storeType(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS12" : "JKS";
    }

    /** As a JAAS option value. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
