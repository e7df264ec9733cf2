package io.kraftlift.access.cutover;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes a document of the backup store on the condition that nobody else changed it meanwhile. */
final class ObjectChange {
    /** Few write the same document at once, and each change is a few milliseconds long. */
    private static final int TRIES = 20;

    private ObjectChange() {}

    /**
     * Applies {@code change} to the newest content until it could be written; the change is asked anew each time.
     *
     * @param change from the present document, empty when there is none, to the next; equal means that nothing is written
     */
    static <T> T apply(MigrationRun run, ObjectKey key, Class<T> type, UnaryOperator<Optional<T>> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<StoredObject> object = run.backup().get(key);
            Optional<T> present = object.map(stored -> Documents.read(stored.content(), type, key.value()));
            T next = change.apply(present).orElseThrow();
            if (present.filter(next::equals).isPresent()) {
                return next;
            }
            ByteBuffer json = ByteBuffer.wrap(Documents.write(next));
            boolean written = object.isPresent()
                    ? run.backup().replace(key, object.get().version(), json).isPresent()
                    : run.backup().putIfAbsent(key, json);
            if (written) {
                return next;
            }
        }
        throw new TryAgain(
                FailureName.STORE_UNREACHABLE, key + ": somebody else kept changing it, in " + TRIES + " tries");
    }
}
