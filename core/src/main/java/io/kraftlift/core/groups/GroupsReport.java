package io.kraftlift.core.groups;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the groups' positions were carried over, {@code results/groups.json}.
 *
 * @param attempt the freeze that it belongs to, from 1
 * @param offsetsCommitted positions that the target now has as wanted, read back
 * @param groups every group that has committed something on the source
 * @param skipped groups that do not move, with the reason
 * @param warnings each names group, partition and offset
 */
public record GroupsReport(
        int attempt,
        Instant startedAt,
        Instant finishedAt,
        int groupsTranslated,
        int offsetsCommitted,
        Map<GroupId, GroupReport> groups,
        Map<GroupId, String> skipped,
        List<String> warnings) {
    public GroupsReport {
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        warnings = List.copyOf(warnings);
    }
}
