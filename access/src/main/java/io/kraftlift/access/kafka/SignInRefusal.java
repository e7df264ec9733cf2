package io.kraftlift.access.kafka;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.util.Objects;

/** The failure when a cluster does not let us in, or we do not trust it. */
public final class SignInRefusal {
    private SignInRefusal() {}

    /**
     * ACCESS_DENIED, with the cluster, the mode, the reason that was given, and what to look at.
     *
     * @param cluster the configuration's name of the cluster, {@code source} or {@code target}
     * @param cause what Kafka's client says
     */
    public static OperatorActionNeeded of(String cluster, AuthSettings auth, Throwable cause) {
        return new OperatorActionNeeded(
                FailureName.ACCESS_DENIED,
                cluster + ": cannot sign in with " + cluster + ".auth.mode " + auth.mode() + " (" + reason(cause)
                        + "); " + auth.remedy(cluster + ".auth"),
                cause);
    }

    /** The outermost message and, where it says something else, the innermost: Kafka's "SSL handshake failed" tells little. */
    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = String.valueOf(cause.getMessage());
        String first = String.valueOf(root.getMessage());
        return said.contains(first) || Objects.equals(first, "null") ? said : said + ": " + first;
    }
}
