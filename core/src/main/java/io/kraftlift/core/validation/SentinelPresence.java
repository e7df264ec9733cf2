package io.kraftlift.core.validation;

import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 4: the record that marks the end of each partition at the cutover is on the target where it should be. */
public final class SentinelPresence {
    private SentinelPresence() {}

    public static CheckResult check(Set<PartitionId> planned, Map<PartitionId, SentinelSighting> sightings) {
        Tally tally = new Tally(CheckName.SENTINEL_PRESENCE)
                .count("partitions_checked", planned.size())
                .count("sentinels_found", 0)
                .count("sentinels_missing", 0);
        for (PartitionId partition : new TreeSet<>(planned)) {
            @Nullable String problem = problemOf(sightings.get(partition));
            if (problem == null) {
                tally.count("sentinels_found", 1);
            } else {
                tally.count("sentinels_missing", 1);
                tally.failed(partition + ": " + problem);
            }
        }
        if (planned.isEmpty()) {
            tally.failed("the plan has no partitions, so nothing was shown");
        }
        return tally.result();
    }

    private static @Nullable String problemOf(@Nullable SentinelSighting sighting) {
        if (sighting == null) {
            return "no sentinel was published";
        }
        String which = "the sentinel at source offset " + sighting.source();
        if (sighting.target() == null) {
            return which + " was not copied";
        }
        if (!sighting.found()) {
            return which + " is not at target offset " + sighting.target();
        }
        if (!sighting.differences().isEmpty()) {
            return which + " differs from the record at target offset " + sighting.target() + " in "
                    + new TreeSet<>(sighting.differences());
        }
        return null;
    }
}
