package io.kraftlift.core.topology;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.MigrationConfig;
import java.util.HashSet;
import java.util.Set;

/**
 * What happens where the target has something already.
 *
 * @param ownPrincipals principals that the migration itself may be using on the target; their ACLs are never deleted
 */
public record DriftPolicies(ConfigDrift onConfigDrift, AclDrift onAclDrift, Set<String> ownPrincipals) {
    public DriftPolicies {
        ownPrincipals = Set.copyOf(ownPrincipals);
    }

    /**
     * As configured, with those of our own principals that the configuration tells. The name in a client certificate is
     * not among them, see {@link #withOwn}.
     */
    public static DriftPolicies of(MigrationConfig config) {
        return new DriftPolicies(
                config.onConfigDrift(), config.aclDrift(), own(config.target().auth()));
    }

    /** The same with one more principal of our own. */
    public DriftPolicies withOwn(String principal) {
        Set<String> own = new HashSet<>(ownPrincipals);
        own.add(principal);
        return new DriftPolicies(onConfigDrift, onAclDrift, own);
    }

    private static Set<String> own(AuthSettings auth) {
        if (auth instanceof AuthSettings.ScramSha512 scram) {
            return Set.of("User:" + scram.username());
        }
        // A connection that proves nothing is this user (KafkaPrincipal.ANONYMOUS). ACLs do not apply to IAM roles.
        return auth instanceof AuthSettings.Plaintext || auth instanceof AuthSettings.Tls
                ? Set.of("User:ANONYMOUS")
                : Set.of();
    }
}
