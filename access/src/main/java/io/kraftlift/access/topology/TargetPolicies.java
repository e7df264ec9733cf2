package io.kraftlift.access.topology;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.topology.DriftPolicies;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;

/** The policies of a migration, with the name in our client certificate among our own principals. */
public final class TargetPolicies {
    private TargetPolicies() {}

    /**
     * As configured.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when the target's keystore cannot be read
     */
    public static DriftPolicies of(MigrationConfig config) {
        DriftPolicies policies = DriftPolicies.of(config);
        return config.target().auth() instanceof AuthSettings.Mtls mtls
                ? policies.withOwn("User:" + subject(mtls))
                : policies;
    }

    /** As the default principal builder writes it; a cluster with ssl.principal.mapping.rules may shorten it. */
    private static String subject(AuthSettings.Mtls mtls) {
        try {
            KeyStore store = KeyStore.getInstance(
                    new File(mtls.keystore()), mtls.keystorePassword().reveal().toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return certificate.getSubjectX500Principal().getName();
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(mtls, e.toString());
        }
        throw unusable(mtls, "it has no key with a certificate");
    }

    private static OperatorActionNeeded unusable(AuthSettings.Mtls mtls, String why) {
        return new OperatorActionNeeded(
                FailureName.CONFIGURATION_WRONG,
                "target.auth.keystore: must be a JKS or PKCS12 file with the client's key, " + mtls.keystore()
                        + " is not (" + why + "); correct target.auth.keystore or target.auth.keystore_password");
    }
}
