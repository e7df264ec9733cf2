package io.kraftlift.core.groups;

import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One group in a report. */
public record GroupReport(Map<PartitionId, PositionReport> positions) {
    public GroupReport {
        positions = Collections.unmodifiableMap(new TreeMap<>(positions));
    }

    /** Positions that the target now has as wanted. */
    public long carriedOver() {
        return positions.values().stream()
                .filter(position -> position.outcome().isCarriedOver())
                .count();
    }

    /** This report with newer positions in place of older ones of the same partitions. */
    public GroupReport with(GroupReport newer) {
        Map<PartitionId, PositionReport> together = new TreeMap<>(positions);
        together.putAll(newer.positions());
        return new GroupReport(together);
    }

    /** What a person should look at; each names group, partition and offset. */
    public List<String> warnings(GroupId group) {
        List<String> warnings = new ArrayList<>();
        positions.forEach((partition, position) -> {
            if (position.isWarning()) {
                warnings.add("group " + group + ", " + partition + ", offset " + position.source() + " on the source: "
                        + position.kind() + ", " + position.outcome()
                        + (position.note() == null ? "" : ": " + position.note()));
            }
        });
        return List.copyOf(warnings);
    }
}
