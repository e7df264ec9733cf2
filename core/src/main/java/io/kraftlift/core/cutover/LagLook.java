package io.kraftlift.core.cutover;

import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.LaneStatus;
import io.kraftlift.core.lanes.ReplicationMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One look at every lane's lag.
 *
 * @param largestLag of any partition whose status is known
 * @param obstacles why the lag cannot be believed, one sentence a lane; empty when every lane's can
 */
public record LagLook(long largestLag, long totalLag, List<String> obstacles) {
    /** Statuses are written about every second; one of ten seconds ago tells of a worker that is gone. */
    public static final Duration FRESH = Duration.ofSeconds(10);

    public LagLook {
        obstacles = List.copyOf(obstacles);
    }

    /** Judges what the lanes say of themselves. */
    public static LagLook at(Instant now, List<LanePlan> plans, Map<LaneId, LaneStatus> statuses) {
        long largest = 0;
        long total = 0;
        List<String> obstacles = new ArrayList<>();
        for (LanePlan plan : plans) {
            LaneStatus status = statuses.get(plan.lane());
            if (status != null) {
                largest = Math.max(largest, status.largestLag());
                total += status.totalLag();
            }
            String obstacle = obstacleOf(plan, status, now);
            if (obstacle != null) {
                obstacles.add(obstacle);
            }
        }
        return new LagLook(largest, total, obstacles);
    }

    /** Whether every lane is known to be within the bound. */
    public boolean isWithin(long bound) {
        return obstacles.isEmpty() && largestLag <= bound;
    }

    private static @Nullable String obstacleOf(LanePlan plan, @Nullable LaneStatus status, Instant now) {
        if (plan.partitions().isEmpty()) {
            return null;
        }
        if (status == null) {
            return "lane " + plan.lane() + ": no status yet";
        }
        if (status.mode() != ReplicationMode.TAIL) {
            return "lane " + plan.lane() + ": is in " + status.mode() + ", not in TAIL";
        }
        if (status.at().isBefore(now.minus(FRESH))) {
            return "lane " + plan.lane() + ": last status is of " + status.at();
        }
        long missing = plan.partitions().stream()
                .filter(planned -> !status.partitions().containsKey(planned.partition()))
                .count();
        return missing == 0 ? null : "lane " + plan.lane() + ": the status lacks " + missing + " partitions";
    }
}
