package io.kraftlift.access.topology;

import io.kraftlift.access.kafka.ScramReader;
import io.kraftlift.access.msk.MskApi;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.scram.ScramSide;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** Reads a cluster's SCRAM users from where it keeps them: MSK's API for a cluster given by its ARN, else Kafka. */
final class ScramSides {
    private final Function<String, MskApi> msk;

    ScramSides(Function<String, MskApi> msk) {
        this.msk = msk;
    }

    ScramSide read(ClusterSettings cluster, Admin admin, ClusterSide side) throws InterruptedException {
        return cluster.location() instanceof ClusterLocation.Arn arn
                ? new ScramSide.Secrets(MskArn.of(arn.arn()), secrets(arn.arn()))
                : new ScramSide.Users(new ScramReader(admin, side).read());
    }

    private Reading<List<String>> secrets(String arn) {
        try (MskApi api = msk.apply(arn)) {
            return Reading.known(api.scramSecrets());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
