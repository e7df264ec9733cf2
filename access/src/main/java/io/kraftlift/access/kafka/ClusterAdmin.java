package io.kraftlift.access.kafka;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.inventory.ClusterSide;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.errors.AuthenticationException;

/** Makes admin clients that the cluster has let in. */
public final class ClusterAdmin {
    /** A cluster that lets us in answers within a second; one that does not answer is for the first real question to name. */
    private static final int SIGN_IN_MILLIS = 5_000;

    private final AwsSession session;

    /** @param session as whom MSK is asked, and whose credentials IAM is signed in to with */
    public ClusterAdmin(AwsSession session) {
        this.session = session;
    }

    /**
     * Makes a client, and waits a little for the cluster to let it in. Whether the cluster can be reached is not decided
     * here.
     *
     * @param clientId what the client is called in the brokers' logs and metrics
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED when the cluster refuses the credentials,
     *     CONFIGURATION_WRONG when the client refuses its settings or the listener is of another kind
     */
    public Admin open(ClusterSettings cluster, ClusterSide side, String clientId) {
        Map<String, Object> properties = ClientProperties.of(cluster, side.toString(), session);
        properties.put("client.id", clientId);
        Admin admin = new AdminCalls(side).connect(() -> Admin.create(properties));
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(SIGN_IN_MILLIS))
                    .clusterId()
                    .get(2L * SIGN_IN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (Objects.requireNonNullElse(e.getCause(), e) instanceof AuthenticationException refused) {
                admin.close(Duration.ZERO);
                throw SignInRefusal.of(side.toString(), cluster.auth(), refused);
            }
            // Anything else is named by the first call that needs an answer.
        } catch (TimeoutException e) {
            // The first call that needs an answer waits longer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return admin;
    }
}
