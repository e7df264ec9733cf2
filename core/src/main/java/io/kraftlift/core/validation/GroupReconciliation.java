package io.kraftlift.core.validation;

import io.kraftlift.core.offsets.TargetOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Check 5: every position that was carried over is still on the target, or the group has moved on from there. */
public final class GroupReconciliation {
    private GroupReconciliation() {}

    public static CheckResult check(List<GroupPosition> positions) {
        Tally tally = new Tally(CheckName.CONSUMER_GROUP_RECONCILIATION)
                .count("positions_checked", positions.size())
                .count("positions_moved_on", 0)
                .count("positions_missing", 0)
                .count("positions_behind", 0);
        Set<String> groups = new TreeSet<>();
        for (GroupPosition position : positions) {
            groups.add(position.group());
            @Nullable TargetOffset now = position.now();
            String place = "group " + position.group() + ", " + position.partition() + ": ";
            if (now == null) {
                tally.count("positions_missing", 1);
                tally.failed(place + "was committed at " + position.carried() + ", the target has no position");
            } else if (now.compareTo(position.carried()) < 0) {
                tally.count("positions_behind", 1);
                tally.failed(place + "was committed at " + position.carried() + ", the target has " + now);
            } else if (now.compareTo(position.carried()) > 0) {
                tally.count("positions_moved_on", 1);
            }
        }
        return tally.count("groups_checked", groups.size()).result();
    }
}
