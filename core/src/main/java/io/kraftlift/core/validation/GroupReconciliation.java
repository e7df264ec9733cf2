package io.kraftlift.core.validation;

import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.offsets.TargetOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Check 5: every position that was carried over is still on the target, or the group has moved on from there. A position
 * that was deliberately not carried over (a group that was active on the target, another's commit that was kept) is a
 * warning. No group at all is nothing to warn of. Every position is translated anew by the offset map, and none may be
 * beyond the log's end.
 */
public final class GroupReconciliation {
    private GroupReconciliation() {}

    public static CheckResult check(List<GroupPosition> positions) {
        Tally tally = new Tally(CheckName.CONSUMER_GROUP_RECONCILIATION)
                .count("positions_checked", positions.size())
                .count("positions_moved_on", 0)
                .count("positions_not_carried_over", 0)
                .count("positions_missing", 0)
                .count("positions_behind", 0)
                .count("positions_mistranslated", 0)
                .count("positions_beyond_the_end", 0);
        Set<GroupId> groups = new TreeSet<>();
        for (GroupPosition position : positions) {
            groups.add(position.group());
            checkOne(position, tally);
        }
        return tally.count("groups_checked", groups.size()).result();
    }

    private static void checkOne(GroupPosition position, Tally tally) {
        String place = "group " + position.group() + ", " + position.partition() + ": ";
        @Nullable TargetOffset now = position.now();
        TargetOffset wanted = position.place().wanted();
        @Nullable TargetOffset mapped = position.place().mapped();
        if (!wanted.equals(mapped)) {
            tally.count("positions_mistranslated", 1);
            tally.failed(place + "source offset " + position.place().source() + " was translated to " + wanted
                    + ", the offset map has it at " + (mapped == null ? "no place" : mapped));
        }
        @Nullable TargetOffset end = position.end();
        if (now != null && end != null && now.compareTo(end) > 0) {
            tally.count("positions_beyond_the_end", 1);
            tally.failed(place + "the target has " + now + ", beyond the log's end " + end);
            return;
        }
        if (!position.carriedOver()) {
            tally.count("positions_not_carried_over", 1);
            tally.warning(place + "target offset " + wanted + " was not committed, the target has "
                    + (now == null ? "no position" : now));
        } else if (now == null) {
            tally.count("positions_missing", 1);
            tally.failed(place + "was committed at " + wanted + ", the target has no position");
        } else if (now.compareTo(wanted) < 0) {
            tally.count("positions_behind", 1);
            tally.failed(place + "was committed at " + wanted + ", the target has " + now);
        } else if (now.compareTo(wanted) > 0) {
            tally.count("positions_moved_on", 1);
        }
    }
}
