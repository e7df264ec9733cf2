package io.kraftlift.testkit.iam;

import java.security.Provider;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;
import org.jspecify.annotations.Nullable;

/** Registers the mechanism with Java. */
final class IamProvider extends Provider {
    static final String NAME = "KRAFTLIFT_TEST_MSK_IAM";
    static final String MECHANISM = "AWS_MSK_IAM";

    private static final String SERVICE = "SaslServerFactory";

    private final transient AccessKeys keys;

    IamProvider(AccessKeys keys) {
        super(NAME, "1", "AWS_MSK_IAM for tests");
        this.keys = keys;
        putService(new Factories());
    }

    private final class Factories extends Service {
        Factories() {
            super(IamProvider.this, SERVICE, MECHANISM, Factory.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new Factory(keys);
        }
    }

    private record Factory(AccessKeys keys) implements SaslServerFactory {
        @Override
        public @Nullable SaslServer createSaslServer(
                String mechanism,
                String protocol,
                @Nullable String serverName,
                @Nullable Map<String, ?> properties,
                CallbackHandler handler) {
            return mechanism.equals(MECHANISM) ? new IamServer(keys) : null;
        }

        @Override
        public String[] getMechanismNames(@Nullable Map<String, ?> properties) {
            return new String[] {MECHANISM};
        }
    }
}
