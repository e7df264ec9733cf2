package io.kraftlift.core.groups;

import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is committed on the target for a group. Reads and changes nothing. A group with members on the target is
 * left to them; a commit that somebody else made there is never moved back.
 */
public final class CommitPlanner {
    private final CommitRule rule;

    public CommitPlanner(CommitRule rule) {
        this.rule = rule;
    }

    /**
     * Decides for every position of a group.
     *
     * @param onTarget the group on the target now
     * @param ours what this migration committed there before
     */
    public Map<PartitionId, CommitDecision> plan(
            Map<PartitionId, TranslatedPosition> translated,
            TargetGroup onTarget,
            Map<PartitionId, TargetOffset> ours) {
        Map<PartitionId, CommitDecision> decisions = new TreeMap<>();
        translated.forEach((partition, position) -> {
            if (position instanceof TranslatedPosition.Found found) {
                decisions.put(
                        partition,
                        onTarget.active()
                                ? new CommitDecision.ActiveOnTarget(found)
                                : decide(found, onTarget.committed().get(partition), ours.get(partition)));
            } else {
                decisions.put(partition, new CommitDecision.NotTranslated((TranslatedPosition.LeftOut) position));
            }
        });
        return Collections.unmodifiableMap(decisions);
    }

    private CommitDecision decide(
            TranslatedPosition.Found found, @Nullable TargetOffset there, @Nullable TargetOffset own) {
        if (there == null) {
            return new CommitDecision.Commit(found);
        }
        if (there.equals(found.target())) {
            return new CommitDecision.AlreadyThere(found);
        }
        boolean isOurs = there.equals(own);
        boolean isAhead = there.compareTo(found.target()) > 0;
        boolean keep = switch (rule) {
            case CUTOVER -> isAhead && !isOurs;
            case FORWARD_ONLY -> isAhead || !isOurs;
        };
        return keep ? new CommitDecision.KeptOnTarget(found, there) : new CommitDecision.Commit(found);
    }
}
