package io.kraftlift.access.config;

import io.kraftlift.core.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of a cluster; {@code source} and {@code target} have the same. */
record ClusterKeys(
        String section,
        Setting<String> clusterArn,
        Setting<String> bootstrapServers,
        Setting<AuthMode> mode,
        Setting<String> username,
        Setting<Secret> password,
        Setting<String> keystore,
        Setting<Secret> keystorePassword,
        Setting<String> truststore,
        Setting<Secret> truststorePassword) {

    private static final String HOST_AND_PORT = "[A-Za-z0-9_.\\-\\[\\]:]+:"
            + "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    static ClusterKeys below(String section) {
        String auth = section + ".auth.";
        return new ClusterKeys(
                section,
                Setting.of(
                        section + ".cluster_arn",
                        ValueType.text(
                                Pattern.compile(
                                        "arn:[a-z-]+:kafka:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9_-]+/[A-Za-z0-9-]+"),
                                "the ARN of an MSK cluster",
                                "arn:aws:kafka:us-east-1:123456789012:cluster/prod/abc-def-123")),
                Setting.of(
                        section + ".bootstrap_servers",
                        ValueType.text(
                                Pattern.compile(HOST_AND_PORT + "(, ?" + HOST_AND_PORT + ")*"),
                                "host:port, comma separated",
                                "b-1.example.com:9094,b-2.example.com:9094")),
                Setting.of(
                        auth + "mode",
                        ValueType.choice(Stream.of(AuthMode.values())
                                .collect(Collectors.toMap(AuthMode::word, Function.identity())))),
                Setting.of(auth + "username", ValueType.anyText("a user name", "${KAFKA_USERNAME}")),
                Setting.secret(auth + "password", ValueType.secret("${KAFKA_PASSWORD}")),
                Setting.of(
                        auth + "keystore",
                        ValueType.anyText("a path of a JKS or PKCS12 file", "/path/to/keystore.jks")),
                Setting.secret(auth + "keystore_password", ValueType.secret("${KEYSTORE_PASSWORD}")),
                Setting.of(
                        auth + "truststore",
                        ValueType.anyText("a path of a JKS or PKCS12 file", "/path/to/truststore.jks")),
                Setting.secret(auth + "truststore_password", ValueType.secret("${TRUSTSTORE_PASSWORD}")));
    }

    List<Setting<?>> all() {
        return List.of(
                clusterArn,
                bootstrapServers,
                mode,
                username,
                password,
                keystore,
                keystorePassword,
                truststore,
                truststorePassword);
    }

    /** The settings of {@code auth} that a mode must have. */
    List<Setting<?>> required(AuthMode chosen) {
        return Map.<AuthMode, List<Setting<?>>>of(
                        AuthMode.SCRAM_SHA_512, List.of(username, password),
                        AuthMode.MTLS, List.of(keystore, keystorePassword))
                .getOrDefault(chosen, List.of());
    }

    /** The settings of {@code auth} that have no meaning in a mode. */
    List<Setting<?>> foreign(AuthMode chosen) {
        List<Setting<?>> trust = chosen == AuthMode.PLAINTEXT ? List.of() : List.of(truststore, truststorePassword);
        return Stream.of(username, password, keystore, keystorePassword, truststore, truststorePassword)
                .filter(setting -> !trust.contains(setting) && !required(chosen).contains(setting))
                .toList();
    }
}
