package io.kraftlift.access.plans;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.lanes.LanePlans;
import io.kraftlift.core.lanes.PlanExtension;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectStore;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The lanes in the backup store: {@code plan/lanes.json}, and every extension of it in order. Nothing of them is ever
 * changed; an extension is added by writing the next number if it is absent.
 */
public final class StoredLanes {
    private final ObjectStore store;
    private final MigrationObjects objects;

    public StoredLanes(ObjectStore store, MigrationObjects objects) {
        this.store = store;
        this.objects = objects;
    }

    /**
     * The lanes with all extensions.
     *
     * @param extensions how many of them
     */
    public record Lanes(LanePlans plans, long extensions) {}

    /** The lanes as they are now; empty before the plan was made. */
    public Optional<Lanes> find() {
        return planned().map(planned -> {
            LanePlans plans = planned;
            long number = 0;
            for (Optional<PlanExtension> next = extension(number); next.isPresent(); next = extension(++number)) {
                plans = plans.with(next.get());
            }
            return new Lanes(plans, number);
        });
    }

    /**
     * The lanes as they are now.
     *
     * @throws InvariantBroken OBJECT_DAMAGED when there is no plan, or it is no such document
     */
    public Lanes read() {
        return find().orElseThrow(() -> new InvariantBroken(
                FailureName.OBJECT_DAMAGED,
                store.root() + lanesKey().value() + " is missing; an earlier step wrote it"));
    }

    /** One extension; empty when there are no more than {@code number}. */
    public Optional<PlanExtension> extension(long number) {
        ObjectKey key = objects.extension(number);
        Optional<PlanExtension> extension =
                store.get(key).map(object -> Documents.read(object.content(), PlanExtension.class, key.value()));
        extension.filter(found -> found.number() != number).ifPresent(found -> {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    key.value() + " holds extension " + found.number() + "; nothing was changed");
        });
        return extension;
    }

    /** Adds an extension; false when somebody else added that number before. */
    public boolean add(PlanExtension extension) {
        return store.putIfAbsent(objects.extension(extension.number()), ByteBuffer.wrap(Documents.write(extension)));
    }

    private Optional<LanePlans> planned() {
        ObjectKey key = lanesKey();
        return store.get(key).map(object -> Documents.read(object.content(), LanePlans.class, key.value()));
    }

    private ObjectKey lanesKey() {
        return objects.plan("lanes.json");
    }
}
