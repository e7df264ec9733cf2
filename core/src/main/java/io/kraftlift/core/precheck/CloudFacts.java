package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskCluster;
import java.util.List;
import java.util.Optional;

/**
 * What AWS says. A part that does not apply is empty; one that could not be asked is unreadable.
 *
 * @param sourceByIam whether the source's authentication is IAM
 * @param targetByIam the same for the target
 * @param source the source in the MSK API; empty unless it is given by its ARN
 * @param target the same for the target
 * @param offeredVersions those that the source can be updated to; empty unless it is given by its ARN
 * @param fargateVcpus the quota of the account; empty unless workers run on Fargate
 * @param keys the KMS keys that stores are configured with
 * @param evidenceLock whether the evidence bucket has Object Lock; empty unless evidence goes to a bucket
 */
public record CloudFacts(
        boolean sourceByIam,
        boolean targetByIam,
        Optional<Reading<MskCluster>> source,
        Optional<Reading<MskCluster>> target,
        Optional<Reading<List<String>>> offeredVersions,
        Optional<Reading<Double>> fargateVcpus,
        List<KeyUse> keys,
        Optional<Reading<Boolean>> evidenceLock) {
    public CloudFacts {
        keys = List.copyOf(keys);
    }
}
