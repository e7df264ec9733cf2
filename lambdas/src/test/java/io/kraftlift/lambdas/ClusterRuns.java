package io.kraftlift.lambdas;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ByteSize;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.EvidenceSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.SeedSettings;
import io.kraftlift.core.config.SentinelKind;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;

/** Migrations between two clusters, for tests of states. */
public final class ClusterRuns {
    private final Path directory;
    private final String source;
    private final String target;

    /**
     * For runs that keep their objects below a directory.
     *
     * @param source bootstrap servers
     * @param target bootstrap servers
     */
    public ClusterRuns(Path directory, String source, String target) {
        this.directory = directory;
        this.source = source;
        this.target = target;
    }

    /** A run over the topics that begin with {@code prefix}, with the defaults of drift. */
    public MigrationRun over(String migration, String prefix) {
        return open(migration, prefix, ConfigDrift.OVERWRITE_WITH_SOURCE, AclDrift.MERGE);
    }

    /** The same with other policies. */
    public MigrationRun open(String migration, String prefix, ConfigDrift configDrift, AclDrift aclDrift) {
        MigrationConfig config = config(prefix, configDrift, aclDrift);
        Sha256 fingerprint = Sha256.of(config.toString().getBytes(StandardCharsets.UTF_8));
        return new MigrationRun(new MigrationId(migration), config, fingerprint, Surroundings.real());
    }

    private MigrationConfig config(String prefix, ConfigDrift configDrift, AclDrift aclDrift) {
        return new MigrationConfig(
                cluster(source),
                cluster(target),
                new TopicSelection(List.of(prefix + "*"), List.of()),
                new StoreSettings.Directory(directory.resolve("backup").toString()),
                new EvidenceSettings(
                        new StoreSettings.Directory(
                                directory.resolve("evidence").toString()),
                        Period.ofYears(7),
                        null),
                new SeedSettings(4, ByteSize.mebibytes(32), 2, null),
                configDrift,
                new CutoverSettings(
                        Duration.ofMinutes(30),
                        100,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        null,
                        null,
                        SentinelKind.RECORD,
                        Duration.ofDays(1)),
                new ValidationSettings(ValidationMode.FULL, 1, 3),
                aclDrift);
    }

    private static ClusterSettings cluster(String servers) {
        return new ClusterSettings(new ClusterLocation.Bootstrap(servers), new AuthSettings.Plaintext());
    }
}
