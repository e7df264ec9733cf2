package io.kraftlift.core.config;

/** Everything that an operator decides about a migration. Reference: {@code docs/configuration.md}. */
public record MigrationConfig(
        ClusterSettings source,
        ClusterSettings target,
        TopicSelection topics,
        StoreSettings backup,
        EvidenceSettings evidence,
        SeedSettings seed,
        ConfigDrift onConfigDrift,
        CutoverSettings cutover,
        ValidationSettings validation,
        AclDrift aclDrift) {}
