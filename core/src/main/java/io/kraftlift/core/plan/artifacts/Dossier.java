package io.kraftlift.core.plan.artifacts;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.plan.PlannedTopic;
import io.kraftlift.core.topology.TopicDesign;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that the artifacts are written from.
 *
 * @param secretArns the secrets that the configuration refers to
 */
public record Dossier(
        MigrationPlan plan,
        MigrationConfig config,
        PlanInput input,
        PriceList prices,
        NavigableSet<String> secretArns) {
    private static final String MAX_MESSAGE_BYTES = "max.message.bytes";

    public Dossier {
        secretArns = Collections.unmodifiableNavigableSet(new TreeSet<>(secretArns));
    }

    String migration() {
        return plan.migration().value();
    }

    Optional<MskArn> sourceArn() {
        return arn(config.source());
    }

    Optional<MskArn> targetArn() {
        return arn(config.target());
    }

    private static Optional<MskArn> arn(ClusterSettings cluster) {
        return cluster.location() instanceof ClusterLocation.Arn located
                ? Optional.of(MskArn.of(located.arn()))
                : Optional.empty();
    }

    static boolean isIam(ClusterSettings cluster) {
        return cluster.auth() instanceof AuthSettings.Iam;
    }

    /** The region of the clusters; empty when neither is given by an ARN. */
    Optional<String> region() {
        return Stream.concat(sourceArn().stream(), targetArn().stream())
                .map(MskArn::region)
                .findFirst();
    }

    Optional<String> account() {
        return Stream.concat(sourceArn().stream(), targetArn().stream())
                .map(MskArn::account)
                .findFirst();
    }

    Optional<StoreSettings.Bucket> backupBucket() {
        return bucket(config.backup());
    }

    Optional<StoreSettings.Bucket> evidenceBucket() {
        return bucket(config.evidence().store());
    }

    private static Optional<StoreSettings.Bucket> bucket(StoreSettings store) {
        return store instanceof StoreSettings.Bucket bucket ? Optional.of(bucket) : Optional.empty();
    }

    /** The largest batch that any topic of the target has to take while copying. */
    long largestBatch() {
        return plan.topics().stream()
                .map(PlannedTopic::design)
                .mapToLong(Dossier::largestBatch)
                .max()
                .orElse(0);
    }

    private static long largestBatch(TopicDesign design) {
        return Long.parseLong(design.settingsWhileCopying().getOrDefault(MAX_MESSAGE_BYTES, "0"));
    }
}
