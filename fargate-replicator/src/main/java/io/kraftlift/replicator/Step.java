package io.kraftlift.replicator;

import io.kraftlift.core.lanes.Ended;
import io.kraftlift.core.lanes.Gap;
import io.kraftlift.core.offsets.SourceRun;
import java.nio.ByteBuffer;
import java.util.List;

/** What a durable segment says of one partition, as the parts that send and account for it need it. */
sealed interface Step {
    int slot();

    /** The source offset that follows. */
    long sourceNext();

    /**
     * A batch to be on the target.
     *
     * @param bytes the batch as it is sent; position and limit are its own
     * @param targetBase the target offset that its first record must get
     */
    record Send(int slot, List<SourceRun> runs, long sourceNext, ByteBuffer bytes, long targetBase, int count)
            implements Step {
        long targetEnd() {
            return targetBase + count;
        }
    }

    /** Nothing to copy up to {@code sourceNext}. */
    record Advance(int slot, long sourceNext) implements Step {}

    /** The source is no more; nothing follows. */
    record Over(int slot, Ended ended) implements Step {
        @Override
        public long sourceNext() {
            return ended.end().value();
        }
    }

    /** Source records that were gone. */
    record Missing(int slot, Gap gap) implements Step {
        @Override
        public long sourceNext() {
            return gap.last().value() + 1;
        }
    }
}
