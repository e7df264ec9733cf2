package io.kraftlift.access.cutover;

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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens runs on a directory for tests. */
final class Runs {
    private Runs() {}

    static MigrationRun open(
            Path directory, String source, String target, CutoverSettings cutover, Surroundings surroundings) {
        return open(directory, source, target, cutover, surroundings, new TopicSelection(List.of(), List.of()));
    }

    static MigrationRun open(
            Path directory,
            String source,
            String target,
            CutoverSettings cutover,
            Surroundings surroundings,
            TopicSelection topics) {
        return open(directory, plaintext(source), plaintext(target), cutover, surroundings, topics);
    }

    static MigrationRun open(
            Path directory,
            ClusterSettings source,
            ClusterSettings target,
            CutoverSettings cutover,
            Surroundings surroundings,
            TopicSelection topics) {
        StoreSettings store = new StoreSettings.Directory(directory.toString());
        MigrationConfig config = new MigrationConfig(
                source,
                target,
                topics,
                store,
                new EvidenceSettings(
                        new StoreSettings.Directory(
                                directory.resolve("evidence").toString()),
                        Period.ofYears(7),
                        null),
                new SeedSettings(4, ByteSize.mebibytes(1), 1, null),
                ConfigDrift.FAIL,
                cutover,
                new ValidationSettings(ValidationMode.FULL, 0, 3),
                AclDrift.MERGE);
        return new MigrationRun(new MigrationId("m1"), config, Sha256.of(new byte[] {7}), surroundings);
    }

    static CutoverSettings cutover(@Nullable URI webhook, Duration longestFreeze) {
        return cutover(webhook, longestFreeze, SentinelKind.RECORD);
    }

    static CutoverSettings cutover(@Nullable URI webhook, Duration longestFreeze, SentinelKind sentinel) {
        return new CutoverSettings(
                Duration.ofMinutes(1),
                5,
                Duration.ofSeconds(20),
                longestFreeze,
                webhook,
                null,
                sentinel,
                Duration.ofHours(1));
    }

    private static ClusterSettings plaintext(String servers) {
        return new ClusterSettings(new ClusterLocation.Bootstrap(servers), new AuthSettings.Plaintext());
    }
}
