package io.kraftlift.access.runs;

import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.journal.Journal;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.kafka.ClusterAdmin;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.access.stores.ObjectStores;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * One migration's configuration, stores, journal and admin clients, opened together. The clients are made at first use
 * and kept, so that a warm function does not connect again.
 *
 * <p>Mutable through the clients it caches; guarded by its own monitor.
 */
public final class MigrationRun implements AutoCloseable {
    private final MigrationObjects objects;
    private final ReadConfig config;
    private final Surroundings surroundings;
    private final ObjectStore backup;
    private final ObjectStore evidence;
    private @Nullable Admin source;
    private @Nullable Admin target;

    /** Opens the stores that the configuration names. */
    public MigrationRun(MigrationId migration, ReadConfig config, Surroundings surroundings) {
        this(
                migration,
                config,
                surroundings,
                new Stores(
                        ObjectStores.open(config.config().backup(), surroundings.aws()),
                        ObjectStores.open(config.config().evidence().store(), surroundings.aws())));
    }

    /** Over stores that are open already. */
    public MigrationRun(MigrationId migration, ReadConfig config, Surroundings surroundings, Stores stores) {
        this(new MigrationObjects(migration), config, surroundings, stores);
    }

    private MigrationRun(MigrationObjects objects, ReadConfig config, Surroundings surroundings, Stores stores) {
        this.objects = objects;
        this.config = config;
        this.surroundings = surroundings;
        this.backup = stores.backup();
        this.evidence = stores.evidence();
    }

    /** The two stores of a migration. */
    public record Stores(ObjectStore backup, ObjectStore evidence) {}

    /** Like the other, for a configuration that was not read from a file and has no settings to show. */
    public MigrationRun(MigrationId migration, MigrationConfig config, Sha256 fingerprint, Surroundings surroundings) {
        this(migration, new ReadConfig(config, fingerprint, "{}"), surroundings);
    }

    /**
     * This migration as it is after a restart, over the same stores. It is a run of its own, to be closed for itself.
     *
     * @param restart from 0
     */
    public MigrationRun inRestart(int restart) {
        return new MigrationRun(
                new MigrationObjects(migration(), restart), config, surroundings, new Stores(backup, evidence));
    }

    public MigrationId migration() {
        return objects.migration();
    }

    public MigrationConfig config() {
        return config.config();
    }

    /** The digest of the configuration without its secrets. */
    public Sha256 fingerprint() {
        return config.fingerprint();
    }

    /** The configuration with all that is known of its file. */
    public ReadConfig readConfig() {
        return config;
    }

    /** The configuration as canonical JSON, with secrets redacted. */
    public String redactedConfig() {
        return config.redactedJson();
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public MigrationObjects objects() {
        return objects;
    }

    public ObjectStore backup() {
        return backup;
    }

    public ObjectStore evidence() {
        return evidence;
    }

    public Journal journal() {
        return new Journal(backup, objects, surroundings.clock(), MetricLines.of(surroundings));
    }

    /**
     * The source's admin client; closed with the run.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED or CONFIGURATION_WRONG when the source does
     *     not let us in
     */
    public synchronized Admin source() {
        if (source == null) {
            source = open(config().source(), ClusterSide.SOURCE);
        }
        return source;
    }

    /**
     * The target's admin client; closed with the run.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED or CONFIGURATION_WRONG when the target does
     *     not let us in
     */
    public synchronized Admin target() {
        if (target == null) {
            target = open(config().target(), ClusterSide.TARGET);
        }
        return target;
    }

    private Admin open(ClusterSettings cluster, ClusterSide side) {
        return new ClusterAdmin(surroundings.aws()).open(cluster, side, "kraftlift-" + side + "-admin");
    }

    /** Writes a document to the backup store, replacing what is there, and says how to refer to it. */
    public ObjectReference write(ObjectKey key, Object document) {
        byte[] json = Documents.write(document);
        backup.put(key, ByteBuffer.wrap(json));
        return new ObjectReference(backup.root().resolve(key.value()), Sha256.of(json));
    }

    /** Reads a document of the backup store, where it is there. */
    public <T> Optional<T> find(ObjectKey key, Class<T> type) {
        return backup.get(key).map(object -> Documents.read(object.content(), type, key.value()));
    }

    /**
     * Reads a document that an earlier step wrote.
     *
     * @throws InvariantBroken OBJECT_DAMAGED when it is missing or is no such document
     */
    public <T> T read(ObjectKey key, Class<T> type) {
        return find(key, type)
                .orElseThrow(() -> new InvariantBroken(
                        FailureName.OBJECT_DAMAGED,
                        backup.root() + key.value() + " is missing; an earlier step wrote it"));
    }

    @Override
    public synchronized void close() {
        // A second is enough to say goodbye; nothing is in flight that matters.
        Duration goodbye = Duration.ofSeconds(1);
        if (source != null) {
            source.close(goodbye);
        }
        if (target != null) {
            target.close(goodbye);
        }
    }
}
