package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;

/** A group's position in one partition, carried over or not. */
public sealed interface TranslatedPosition {
    /** The offset committed on the source. */
    SourceOffset source();

    PositionKind kind();

    /**
     * There is a place on the target.
     *
     * @param metadata as committed on the source
     */
    record Found(SourceOffset source, PositionKind kind, TargetOffset target, String metadata)
            implements TranslatedPosition {}

    /**
     * There is none.
     *
     * @param why for the report
     */
    record LeftOut(SourceOffset source, PositionKind kind, String why) implements TranslatedPosition {}
}
