package io.kraftlift.access.topology;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.msk.MskApi;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.accessmap.AccessMap;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.scram.ScramAssociations;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * What a person has to do so that clients get into the target.
 *
 * @param map for a target that is reached by IAM
 */
public record AccessReading(Optional<AccessMap> map, ScramAssociations scram) {
    /**
     * Reads the users of a run's clusters. What cannot be read is a remark.
     *
     * @param acls the source's
     */
    public static AccessReading of(MigrationRun run, AclReading acls) throws InterruptedException {
        return of(
                run.config(),
                acls,
                new Admins(
                        new AdminCalls(ClusterSide.SOURCE).connect(run::source),
                        new AdminCalls(ClusterSide.TARGET).connect(run::target)),
                arn -> MskApi.of(arn, run.surroundings().aws()));
    }

    static AccessReading of(MigrationConfig config, AclReading acls, Admins admins, Function<String, MskApi> msk)
            throws InterruptedException {
        ScramSides sides = new ScramSides(msk);
        return new AccessReading(
                map(config, acls),
                ScramAssociations.between(
                        sides.read(config.source(), admins.source(), ClusterSide.SOURCE),
                        sides.read(config.target(), admins.target(), ClusterSide.TARGET)));
    }

    private static Optional<AccessMap> map(MigrationConfig config, AclReading acls) {
        if (!(config.target().auth() instanceof AuthSettings.Iam)) {
            return Optional.empty();
        }
        Optional<MskArn> arn = config.target().location() instanceof ClusterLocation.Arn given
                ? Optional.of(MskArn.of(given.arn()))
                : Optional.empty();
        return Optional.of(AccessMap.of(acls, arn));
    }

    /** The clients of both clusters. */
    record Admins(Admin source, Admin target) {}
}
