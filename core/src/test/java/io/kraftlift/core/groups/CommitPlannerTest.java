package io.kraftlift.core.groups;

import static io.kraftlift.core.groups.PositionOutcome.ACTIVE_ON_TARGET;
import static io.kraftlift.core.groups.PositionOutcome.ALREADY_THERE;
import static io.kraftlift.core.groups.PositionOutcome.COMMITTED;
import static io.kraftlift.core.groups.PositionOutcome.KEPT_ON_TARGET;
import static io.kraftlift.core.groups.PositionOutcome.NOT_COMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CommitPlannerTest {
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final Map<PartitionId, TargetOffset> NOTHING = Map.of();

    @Test
    void commitsForAGroupThatTheTargetDoesNotKnow() {
        assertThat(outcome(CommitRule.CUTOVER, TargetGroup.ABSENT, NOTHING)).isEqualTo(COMMITTED);
    }

    @Test
    void leavesAGroupWithMembersOnTheTargetAlone() {
        TargetGroup active = new TargetGroup(true, at(2));

        CommitDecision decision = decide(CommitRule.CUTOVER, active, at(2));

        assertThat(decision.report().outcome()).isEqualTo(ACTIVE_ON_TARGET);
        assertThat(decision.toCommit()).isEmpty();
        assertThat(decision.report().isWarning()).isTrue();
    }

    @Test
    void doesNothingWhenThePositionIsThereAlready() {
        assertThat(outcome(CommitRule.CUTOVER, new TargetGroup(false, at(5)), NOTHING))
                .isEqualTo(ALREADY_THERE);
    }

    @Test
    void neverMovesAForeignCommitBackAtTheCutover() {
        CommitDecision decision = decide(CommitRule.CUTOVER, new TargetGroup(false, at(9)), NOTHING);

        assertThat(decision.report().outcome()).isEqualTo(KEPT_ON_TARGET);
        assertThat(decision.report().committed()).isEqualTo(TargetOffset.of(9));
        assertThat(decision.expected()).isEmpty();
    }

    @Test
    void movesAForeignCommitForwardAtTheCutover() {
        assertThat(outcome(CommitRule.CUTOVER, new TargetGroup(false, at(1)), NOTHING))
                .isEqualTo(COMMITTED);
    }

    @Test
    void replacesItsOwnCommitOfAnEarlierAttemptEvenWhenThatIsAhead() {
        assertThat(outcome(CommitRule.CUTOVER, new TargetGroup(false, at(9)), at(9)))
                .isEqualTo(COMMITTED);
    }

    @Test
    void carriesItsOwnCommitForwardAfterTheCutover() {
        assertThat(outcome(CommitRule.FORWARD_ONLY, new TargetGroup(false, at(1)), at(1)))
                .isEqualTo(COMMITTED);
    }

    @Test
    void neverGoesBackAfterTheCutoverEvenOverItsOwnCommit() {
        assertThat(outcome(CommitRule.FORWARD_ONLY, new TargetGroup(false, at(9)), at(9)))
                .isEqualTo(KEPT_ON_TARGET);
    }

    @Test
    void neverTouchesAForeignCommitAfterTheCutover() {
        assertThat(outcome(CommitRule.FORWARD_ONLY, new TargetGroup(false, at(1)), at(2)))
                .isEqualTo(KEPT_ON_TARGET);
    }

    @Test
    void commitsNothingForAPositionThatWasNotTranslated() {
        CommitDecision decision = new CommitPlanner(CommitRule.CUTOVER)
                .plan(
                        Map.of(
                                ORDERS,
                                new TranslatedPosition.LeftOut(SourceOffset.of(70), PositionKind.UNKNOWN, "no map")),
                        TargetGroup.ABSENT,
                        NOTHING)
                .values()
                .iterator()
                .next();

        assertThat(decision.report())
                .isEqualTo(new PositionReport(
                        SourceOffset.of(70), PositionKind.UNKNOWN, null, null, NOT_COMMITTED, "no map"));
        assertThat(decision.report().isWarning()).isTrue();
    }

    private static PositionOutcome outcome(CommitRule rule, TargetGroup onTarget, Map<PartitionId, TargetOffset> ours) {
        return decide(rule, onTarget, ours).report().outcome();
    }

    /** Wants source 70 to become target 5. */
    private static CommitDecision decide(CommitRule rule, TargetGroup onTarget, Map<PartitionId, TargetOffset> ours) {
        return new CommitPlanner(rule)
                .plan(
                        Map.of(
                                ORDERS,
                                new TranslatedPosition.Found(
                                        SourceOffset.of(70), PositionKind.EXACT, TargetOffset.of(5), "")),
                        onTarget,
                        ours)
                .values()
                .iterator()
                .next();
    }

    private static Map<PartitionId, TargetOffset> at(long offset) {
        return Map.of(ORDERS, TargetOffset.of(offset));
    }
}
