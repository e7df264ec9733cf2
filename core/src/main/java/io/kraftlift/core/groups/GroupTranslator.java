package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Says where on the target a group continues. A group never moves past a record that it has not read, and never back
 * before one that it has read, as far as the copy has the record. Invariant E: nothing is believed beyond the checkpoint.
 */
public final class GroupTranslator {
    private final Function<PartitionId, Optional<PartitionCopy>> copies;

    /** Uses {@code copies}, which is empty for a partition that is not part of the migration. */
    public GroupTranslator(Function<PartitionId, Optional<PartitionCopy>> copies) {
        this.copies = copies;
    }

    /** Translates every position of a group; unmodifiable, in order of the partitions. */
    public Map<PartitionId, TranslatedPosition> translate(Map<PartitionId, CommittedPosition> committed) {
        Map<PartitionId, TranslatedPosition> translated = new TreeMap<>();
        committed.forEach((partition, position) -> translated.put(
                partition,
                copies.apply(partition)
                        .map(copy -> translate(position, copy))
                        .orElseGet(() -> new TranslatedPosition.LeftOut(
                                position.offset(),
                                PositionKind.NOT_MIGRATED,
                                partition + ": is not part of the migration, or was deleted on the source"))));
        return Collections.unmodifiableMap(translated);
    }

    private static TranslatedPosition translate(CommittedPosition position, PartitionCopy copy) {
        SourceOffset committed = position.offset();
        if (committed.compareTo(copy.sourceEnd()) <= 0) {
            return copy.map()
                    .translate(committed, copy.durableTo())
                    .fold(casesFor(position, PositionKind.END_OF_LOG, PositionKind.EXACT));
        }
        // Beyond the end there is nothing that the group could have read and we could have copied.
        return copy.map()
                .translate(copy.sourceEnd(), copy.durableTo())
                .fold(casesFor(position, PositionKind.CLIPPED_TO_END, PositionKind.CLIPPED_TO_END));
    }

    private static Translation.Cases<TranslatedPosition> casesFor(
            CommittedPosition position, PositionKind atEnd, PositionKind atRecord) {
        return new Translation.Cases<>(
                exact -> found(position, atRecord, exact.target()),
                survivor -> found(position, PositionKind.NEXT_SURVIVOR, survivor.target()),
                end -> found(position, atEnd, end.target()),
                below -> found(position, PositionKind.BELOW_RANGE, below.first()),
                unknown -> new TranslatedPosition.LeftOut(position.offset(), PositionKind.UNKNOWN, unknown.why()));
    }

    private static TranslatedPosition found(CommittedPosition position, PositionKind kind, TargetOffset target) {
        return new TranslatedPosition.Found(position.offset(), kind, target, position.metadata());
    }
}
