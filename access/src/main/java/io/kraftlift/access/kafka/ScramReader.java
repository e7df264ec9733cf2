package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.scram.ScramUser;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeUserScramCredentialsOptions;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;

/** Reads which users a cluster knows by SCRAM (KIP-554). Kafka tells names and mechanisms, and no password. */
public final class ScramReader {
    private final Admin admin;
    private final AdminCalls calls;

    public ScramReader(Admin admin, ClusterSide side) {
        this.admin = admin;
        this.calls = new AdminCalls(side);
    }

    /** Every user, ascending by name, or why they could not be read. */
    public Reading<List<ScramUser>> read() throws InterruptedException {
        try {
            return Reading.known(calls
                    .await(
                            admin.describeUserScramCredentials(
                                            List.of(),
                                            new DescribeUserScramCredentialsOptions()
                                                    .timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                    .all(),
                            "describe its SCRAM users")
                    .values()
                    .stream()
                    .map(ScramReader::user)
                    .sorted(Comparator.comparing(ScramUser::name))
                    .toList());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static ScramUser user(UserScramCredentialsDescription description) {
        return new ScramUser(
                description.name(),
                description.credentialInfos().stream()
                        .map(credential -> credential.mechanism().mechanismName())
                        .toList());
    }
}
