package io.kraftlift.replicator;

import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.offsets.SourceRun;
import java.nio.ByteBuffer;
import java.util.List;

/** What the fetching thread hands to the sealing thread, in order. */
sealed interface Fetched {
    /** A batch as the source has it; its checksum is still to be checked. */
    record Passed(int slot, ByteBuffer batch, SourceRun run) implements Fetched {}

    /** A batch made anew from the source's records. */
    record Rebuilt(int slot, ByteBuffer batch, List<SourceRun> runs, long sourceNext) implements Fetched {}

    /** Nothing to copy up to {@code sourceNext}. */
    record Advanced(int slot, long sourceNext) implements Fetched {}

    /** Offsets, both inclusive, that the source no longer had. */
    record Gone(int slot, long first, long last) implements Fetched {}

    /** The partition's topic is no more on the source; nothing of it follows. */
    record Over(int slot, TopicEnd why) implements Fetched {}

    /** Nothing follows. */
    record End() implements Fetched {}
}
