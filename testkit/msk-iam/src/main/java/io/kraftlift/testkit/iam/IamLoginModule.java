package io.kraftlift.testkit.iam;

import java.nio.file.Path;
import java.security.Security;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.spi.LoginModule;

/**
 * Makes a broker accept AWS_MSK_IAM. The option {@code keys} names the file of the {@link AccessKeys}; all listeners of a
 * broker share it.
 *
 * <p>Loaded by the broker from its listener's JAAS configuration.
 */
public final class IamLoginModule implements LoginModule {
    static final String KEYS_OPTION = "keys";

    /** For the broker, which makes one by reflection. */
    public IamLoginModule() {}

    @Override
    public void initialize(
            Subject subject, CallbackHandler callbackHandler, Map<String, ?> sharedState, Map<String, ?> options) {
        if (!(options.get(KEYS_OPTION) instanceof String file)) {
            throw new IllegalArgumentException("IamLoginModule: option " + KEYS_OPTION + " must name a file, was not");
        }
        Security.removeProvider(IamProvider.NAME);
        Security.addProvider(new IamProvider(new AccessKeys(Path.of(file))));
    }

    @Override
    public boolean login() {
        return true;
    }

    @Override
    public boolean commit() {
        return true;
    }

    @Override
    public boolean abort() {
        return false;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
