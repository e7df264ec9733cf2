package io.kraftlift.replicator;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.segments.Segment;
import io.kraftlift.core.segments.SegmentReader;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A lane's segments in the store. */
final class SegmentLog {
    private final LaneWork work;
    private final StoreAttempts attempts;

    SegmentLog(LaneWork work) {
        this.work = work;
        this.attempts = new StoreAttempts(work.surroundings());
    }

    /**
     * How many segments there are.
     *
     * @throws InvariantBroken OBJECT_DAMAGED when one is missing among them (invariant B)
     */
    long count() {
        List<ObjectSummary> all = attempts.run(
                () -> work.store().list(work.objects().lane(work.plan().lane())));
        for (int number = 0; number < all.size(); number++) {
            ObjectKey expected = keyOf(number);
            if (!all.get(number).key().equals(expected)) {
                throw new InvariantBroken(
                        FailureName.OBJECT_DAMAGED,
                        work.store().root() + expected.value() + " is missing, but "
                                + all.get(number).key() + " is there; segments must be dense; nothing was changed");
            }
        }
        return all.size();
    }

    Segment read(long number) {
        ObjectKey key = keyOf(number);
        StoredObject object = attempts.run(() -> work.store().get(key))
                .orElseThrow(() -> new InvariantBroken(
                        FailureName.OBJECT_DAMAGED, work.store().root() + key.value() + " is missing"));
        Segment segment = SegmentReader.read(object.content(), key.value());
        if (segment.header().number() != number
                || !segment.header().lane().equals(work.plan().lane())) {
            throw new InvariantBroken(
                    FailureName.OBJECT_DAMAGED,
                    key.value() + " holds segment " + segment.header().number() + " of lane "
                            + segment.header().lane() + "; nothing was changed");
        }
        return segment;
    }

    /**
     * Makes a segment durable. Invariant B: written once; of two writers of a number one loses and ends. A write whose
     * answer got lost is found again by its bytes, which carry this run's writer id.
     *
     * @throws TryAgain LANE_LOST when another worker wrote this number
     */
    void append(long number, ByteBuffer content) {
        ObjectKey key = keyOf(number);
        boolean ours = attempts.run(() -> work.store().putIfAbsent(key, content) || isOurs(key, content));
        if (!ours) {
            throw new TryAgain(
                    FailureName.LANE_LOST,
                    "lane " + work.plan().lane() + ": segment " + number
                            + " was written by another worker, which goes on; this one ends");
        }
    }

    private boolean isOurs(ObjectKey key, ByteBuffer content) {
        Optional<StoredObject> there = work.store().get(key);
        return there.isPresent() && ByteBuffer.wrap(there.get().content()).equals(content);
    }

    private ObjectKey keyOf(long number) {
        return work.objects().segment(work.plan().lane(), number);
    }
}
