package io.kraftlift.cli.start;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.stores.ObjectStores;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.runs.ConfigurationFile;
import io.kraftlift.cli.runs.Deployment;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.payloads.RunReference;
import java.nio.ByteBuffer;

/**
 * Hands a configuration file to a deployment: into the backup store, under a key that its digest is in, so that what an
 * earlier execution refers to stays as it is.
 */
record Handover(Deployment deployment, AwsSession session) {
    /**
     * Uploads the file unless it is there already.
     *
     * @throws CommandFailure CONFIGURATION_WRONG when it names other buckets than the deployment's
     */
    RunReference of(MigrationId migration, ConfigurationFile file, ReadConfig config) {
        StoreSettings backup = config.config().backup();
        requireBucket(file, "backup", backup, deployment.backupBucket());
        requireBucket(file, "evidence", config.config().evidence().store(), deployment.evidenceBucket());
        byte[] content = file.content();
        Sha256 digest = Sha256.of(content);
        ObjectStore store = ObjectStores.open(backup, session);
        ObjectKey key = new MigrationObjects(migration).configuration(digest);
        store.putIfAbsent(key, ByteBuffer.wrap(content));
        return new RunReference(migration, new ObjectReference(store.root().resolve(key.value()), digest));
    }

    /** The deployed functions have no right to another bucket. */
    private void requireBucket(ConfigurationFile file, String setting, StoreSettings given, String expected) {
        String was = given instanceof StoreSettings.Bucket bucket ? "\"" + bucket.bucket() + "\"" : "a directory";
        if (!was.equals("\"" + expected + "\"")) {
            throw new CommandFailure(
                    ExitCode.CONFIGURATION_WRONG,
                    file.path() + ": " + setting + ".s3_bucket: must be the bucket of the deployment "
                            + deployment.stack() + ", \"" + expected + "\", was " + was + "; correct it, or --stack");
        }
    }
}
