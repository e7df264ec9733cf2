package io.kraftlift.access.topology;

import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.inventory.ClusterInventory;

/**
 * Writes what a person has to do so that clients get into the target: {@code plan/scram-associations.json}, and for a
 * target that is reached by IAM {@code plan/access-map.json}.
 */
public final class AccessDocuments {
    private final MigrationRun run;

    public AccessDocuments(MigrationRun run) {
        this.run = run;
    }

    /** Reads the users of both clusters and writes. */
    public void write(ClusterInventory source) throws InterruptedException {
        AccessReading access = AccessReading.of(run, source.acls());
        access.map().ifPresent(map -> run.write(run.objects().plan("access-map.json"), map));
        run.write(run.objects().plan("scram-associations.json"), access.scram());
    }
}
