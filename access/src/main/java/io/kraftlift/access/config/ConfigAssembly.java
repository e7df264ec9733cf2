package io.kraftlift.access.config;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.TrustSettings;
import io.kraftlift.core.config.ValidationSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks what settings demand of each other, and makes the records of them. */
final class ConfigAssembly {
    private final SettingValues values;

    ConfigAssembly(SettingValues values) {
        this.values = values;
    }

    /** Reports every breach of a rule between settings. */
    void check() {
        checkCluster(SettingCatalog.SOURCE);
        checkCluster(SettingCatalog.TARGET);
        checkStore(SettingCatalog.BACKUP);
        checkStore(SettingCatalog.EVIDENCE);
        if (!values.isWritten(SettingCatalog.PRODUCER_FREEZE_WEBHOOK)) {
            values.refuse(
                    SettingCatalog.WEBHOOK_SECRET,
                    "must stand beside producer_freeze_webhook, was alone",
                    "give the webhook's address or remove the secret");
        }
        if (values.isWritten(SettingCatalog.SIGNING_KEY)) {
            values.refuse(
                    SettingCatalog.SIGNING_KEY_PATH,
                    "must not stand beside signing_key, was there",
                    "give the key once, as a file or as a secret");
        }
        Duration timeout = values.find(SettingCatalog.DRAIN_TIMEOUT).orElse(Duration.ofDays(7));
        Duration window = values.find(SettingCatalog.DRAIN_STABLE_WINDOW).orElse(Duration.ZERO);
        if (window.compareTo(timeout) >= 0) {
            values.problem(
                    values.isWritten(SettingCatalog.DRAIN_STABLE_WINDOW)
                            ? SettingCatalog.DRAIN_STABLE_WINDOW
                            : SettingCatalog.DRAIN_TIMEOUT,
                    "drain_stable_window must be shorter than drain_timeout, was " + window.toSeconds() + "s and "
                            + timeout.toSeconds() + "s",
                    "lengthen drain_timeout or shorten drain_stable_window");
        }
    }

    private void checkCluster(ClusterKeys keys) {
        exactlyOne(keys.section(), keys.clusterArn(), keys.bootstrapServers());
        values.require(keys.mode()).ifPresent(mode -> {
            keys.required(mode).forEach(values::require);
            keys.foreign(mode)
                    .forEach(setting -> values.refuse(
                            setting,
                            "must not stand with mode " + mode.word() + ", was there",
                            "remove it or choose another mode"));
        });
        together(keys.truststore(), keys.truststorePassword());
        together(keys.truststorePassword(), keys.truststore());
    }

    private void together(Setting<?> one, Setting<?> other) {
        if (values.isWritten(one) && !values.isWritten(other)) {
            values.problem(one, "must stand with " + other.key() + ", was alone", "give both or neither");
        }
    }

    private void checkStore(StoreKeys keys) {
        exactlyOne(keys.section(), keys.bucket(), keys.directory());
        if (!values.isWritten(keys.bucket())) {
            for (Setting<?> setting : List.of(keys.prefix(), keys.kmsKeyArn())) {
                values.refuse(setting, "must stand with s3_bucket, was without", "remove it or give s3_bucket");
            }
        }
    }

    private void exactlyOne(String section, Setting<?> one, Setting<?> other) {
        String choice = "must have exactly one of " + one.key() + " and " + other.key();
        if (values.isWritten(one) && values.isWritten(other)) {
            values.problem(other, section + " " + choice + ", was both", "remove one of them");
        }
        if (!values.isWritten(one) && !values.isWritten(other)) {
            values.problem(
                    one,
                    section + " " + choice + ", was neither",
                    "write for example " + one.key() + ": " + one.type().example());
        }
    }

    /** The records. Only after {@link #check()}, and only when nothing at all was reported. */
    MigrationConfig assemble() {
        return new MigrationConfig(
                cluster(SettingCatalog.SOURCE),
                cluster(SettingCatalog.TARGET),
                new TopicSelection(
                        values.list(SettingCatalog.TOPICS_INCLUDE), values.list(SettingCatalog.TOPICS_EXCLUDE)),
                store(SettingCatalog.BACKUP),
                new EvidenceSettings(
                        store(SettingCatalog.EVIDENCE),
                        the(SettingCatalog.EVIDENCE_RETENTION),
                        orNull(SettingCatalog.SIGNING_KEY_PATH),
                        orNull(SettingCatalog.SIGNING_KEY)),
                new SeedSettings(
                        Math.toIntExact(the(SettingCatalog.MAX_CONCURRENT_PARTITIONS)),
                        the(SettingCatalog.SEGMENT_MAX_BYTES),
                        Math.toIntExact(the(SettingCatalog.WORKERS)),
                        orNull(SettingCatalog.MAX_BYTES_PER_SECOND)),
                the(SettingCatalog.ON_CONFIG_DRIFT),
                new CutoverSettings(
                        the(SettingCatalog.DRAIN_TIMEOUT),
                        the(SettingCatalog.DRAIN_MAX_PARTITION_LAG),
                        the(SettingCatalog.DRAIN_STABLE_WINDOW),
                        the(SettingCatalog.MAX_PRODUCER_FREEZE),
                        orNull(SettingCatalog.PRODUCER_FREEZE_WEBHOOK),
                        orNull(SettingCatalog.WEBHOOK_SECRET),
                        the(SettingCatalog.SENTINEL),
                        the(SettingCatalog.APPROVAL_TIMEOUT)),
                new ValidationSettings(
                        the(SettingCatalog.VALIDATION_MODE),
                        the(SettingCatalog.COUNT_TOLERANCE),
                        Math.toIntExact(the(SettingCatalog.SPOT_CHECK_RECORDS))),
                the(SettingCatalog.ACL_ON_DRIFT));
    }

    private ClusterSettings cluster(ClusterKeys keys) {
        ClusterLocation location = values.find(keys.clusterArn())
                .<ClusterLocation>map(ClusterLocation.Arn::new)
                .orElseGet(() -> new ClusterLocation.Bootstrap(the(keys.bootstrapServers())));
        return new ClusterSettings(location, auth(keys));
    }

    private AuthSettings auth(ClusterKeys keys) {
        @Nullable
        TrustSettings trust = values.find(keys.truststore())
                .map(path -> new TrustSettings(path, the(keys.truststorePassword())))
                .orElse(null);
        return switch (the(keys.mode())) {
            case PLAINTEXT -> new AuthSettings.Plaintext();
            case TLS -> new AuthSettings.Tls(trust);
            case IAM -> new AuthSettings.Iam(trust);
            case MTLS -> new AuthSettings.Mtls(the(keys.keystore()), the(keys.keystorePassword()), trust);
            case SCRAM_SHA_512 -> new AuthSettings.ScramSha512(the(keys.username()), the(keys.password()), trust);
        };
    }

    private StoreSettings store(StoreKeys keys) {
        return values.find(keys.directory())
                .<StoreSettings>map(StoreSettings.Directory::new)
                .orElseGet(() -> new StoreSettings.Bucket(
                        the(keys.bucket()), values.find(keys.prefix()).orElse(""), orNull(keys.kmsKeyArn())));
    }

    private <T> T the(Setting<T> setting) {
        return values.find(setting).orElseThrow();
    }

    private <T> @Nullable T orNull(Setting<T> setting) {
        return values.find(setting).orElse(null);
    }
}
