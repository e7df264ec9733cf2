package io.kraftlift.cdk.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What functions and workers reach by IAM, and who decides.
 *
 * @param sourceCluster an MSK cluster's ARN; null when the source is none, or is not reached by IAM
 * @param targetCluster the same of the target
 * @param secrets the secrets that the configuration refers to
 * @param secretKeys the customer keys that these are encrypted with
 * @param approvers who may become the approver; empty leaves it to the account's IAM
 */
public record AccessSettings(
        @Nullable String sourceCluster,
        @Nullable String targetCluster,
        List<String> secrets,
        List<String> secretKeys,
        List<String> approvers) {
    public AccessSettings {
        secrets = List.copyOf(secrets);
        secretKeys = List.copyOf(secretKeys);
        approvers = List.copyOf(approvers);
    }
}
