package io.kraftlift.cdk.settings;

import java.util.List;

/**
 * What a deployment leaves open.
 *
 * @param qualifier in the name of everything that has a name, so that deployments stand side by side in one account
 * @param functionsPackage the path of the functions' zip
 * @param emails who gets the notices
 */
public record DeploymentSettings(
        String qualifier,
        NetworkSettings network,
        StorageSettings storage,
        AccessSettings access,
        WorkerImage workerImage,
        String functionsPackage,
        List<String> emails) {
    public DeploymentSettings {
        emails = List.copyOf(emails);
    }
}
