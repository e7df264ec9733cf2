package io.kraftlift.cdk.permissions;

import io.kraftlift.cdk.settings.AccessSettings;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** Statements about the secrets that the configuration refers to. */
public final class SecretStatements {
    private SecretStatements() {}

    /** Nothing where there are no secrets. */
    public static List<PolicyStatement> of(AccessSettings access) {
        List<PolicyStatement> statements = new ArrayList<>();
        if (!access.secrets().isEmpty()) {
            statements.add(PolicyStatement.Builder.create()
                    .actions(List.of("secretsmanager:GetSecretValue"))
                    .resources(access.secrets())
                    .build());
        }
        if (!access.secretKeys().isEmpty()) {
            statements.add(PolicyStatement.Builder.create()
                    .actions(List.of("kms:Decrypt"))
                    .resources(access.secretKeys())
                    .build());
        }
        return statements;
    }
}
