package io.kraftlift.core.validation;

import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.validation.SentinelSighting.Objection;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 4: what marks the end of each partition at the cutover is where it should be, and so is the end of the copy. */
public final class SentinelPresence {
    private SentinelPresence() {}

    /**
     * Checks.
     *
     * @param withoutMarker the partitions that have a record although markers were asked for
     */
    public static CheckResult check(
            Set<PartitionId> planned,
            Map<PartitionId, ? extends SentinelSighting> sightings,
            Collection<PartitionId> withoutMarker) {
        Tally tally = new Tally(CheckName.SENTINEL_PRESENCE)
                .count("partitions_checked", planned.size())
                .count("sentinels_found", 0)
                .count("sentinels_missing", 0)
                .count("markers_cleaned_away", 0);
        for (PartitionId partition : new TreeSet<>(planned)) {
            @Nullable SentinelSighting sighting = sightings.get(partition);
            if (sighting == null) {
                missing(tally, partition, "no sentinel was published");
            } else {
                sighting.objection()
                        .ifPresentOrElse(
                                objection -> object(tally, partition, objection),
                                () -> tally.count("sentinels_found", 1));
            }
        }
        if (planned.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        withoutMarker.forEach(partition -> tally.note(partition
                + ": ends with a record and not with a marker, for its message format knows no transactions"));
        return tally.result();
    }

    private static void object(Tally tally, PartitionId partition, Objection objection) {
        switch (objection.outcome()) {
            case PASSED, FAILED -> missing(tally, partition, objection.reason());
            case WARNING -> {
                tally.count("markers_cleaned_away", 1);
                tally.warning(partition + ": " + objection.reason());
            }
        }
    }

    private static void missing(Tally tally, PartitionId partition, String reason) {
        tally.count("sentinels_missing", 1);
        tally.failed(partition + ": " + reason);
    }
}
