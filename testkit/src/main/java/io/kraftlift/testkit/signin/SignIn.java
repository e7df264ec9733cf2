package io.kraftlift.testkit.signin;

import io.kraftlift.brokers.Listener;
import java.util.Locale;

/** A way to sign in to a broker; each has a listener of its name. */
public enum SignIn {
    /** TLS without a client certificate. */
    TLS("SSL"),
    /** TLS with a client certificate. */
    MTLS("SSL"),
    /** User and password by SCRAM-SHA-512 over TLS. */
    SCRAM("SASL_SSL"),
    /** AWS_MSK_IAM over TLS. */
    IAM("SASL_SSL");

    private final String securityProtocol;

    SignIn(String securityProtocol) {
        this.securityProtocol = securityProtocol;
    }

    Listener listener() {
        return new Listener(name(), securityProtocol);
    }

    /** What the names of the listener's own broker properties begin with. */
    String prefix() {
        return "listener.name." + name().toLowerCase(Locale.ROOT) + ".";
    }
}
