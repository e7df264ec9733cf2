package io.kraftlift.core.plan;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskCluster;
import java.util.List;

/**
 * What the MSK API told of a cluster that is given by its ARN.
 *
 * @param offeredVersions the versions that the cluster can be updated to
 * @param serverProperties of the custom configuration that its brokers run with; empty for MSK's defaults
 * @param scramSecrets the ARNs of the secrets of its SCRAM users
 */
public record MskFacts(
        Reading<MskCluster> cluster,
        Reading<List<String>> offeredVersions,
        Reading<String> serverProperties,
        Reading<List<String>> scramSecrets) {}
