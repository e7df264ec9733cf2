package io.kraftlift.core.topology;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.config.MigrationConfig;
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

    /** As configured. Of our own principals only the one of SCRAM is known by name. */
    public static DriftPolicies of(MigrationConfig config) {
        Set<String> own = config.target().auth() instanceof AuthSettings.ScramSha512 scram
                ? Set.of("User:" + scram.username())
                : Set.of();
        return new DriftPolicies(config.onConfigDrift(), config.aclDrift(), own);
    }
}
