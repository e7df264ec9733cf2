package io.kraftlift.core.plan;

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
import java.time.Duration;
import java.time.Period;

/** Configurations for tests of the planner. */
final class Configurations {
    private Configurations() {}

    static MigrationConfig with(TopicSelection topics, int workers) {
        ClusterSettings cluster =
                new ClusterSettings(new ClusterLocation.Bootstrap("localhost:1"), new AuthSettings.Plaintext());
        StoreSettings store = new StoreSettings.Directory("somewhere");
        return new MigrationConfig(
                cluster,
                cluster,
                topics,
                store,
                new EvidenceSettings(store, Period.ofYears(7), null),
                new SeedSettings(4, ByteSize.mebibytes(32), workers, null),
                ConfigDrift.FAIL,
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
                AclDrift.MERGE);
    }
}
