package io.kraftlift.core.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.topics.PartitionId;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class KnownPositionsTest {
    private static final GroupId BILLING = new GroupId("billing");
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final PartitionId BILLS = PartitionId.of("bills", 1);

    @Test
    void tellsOnlyWhatMovedSince() {
        KnownPositions known = new KnownPositions();
        known.learn(BILLING, report(ORDERS, 70, 5, PositionOutcome.COMMITTED));

        Map<GroupId, Map<PartitionId, CommittedPosition>> changed =
                known.changedIn(Map.of(BILLING, Map.of(ORDERS, at(70), BILLS, at(3))));

        assertThat(changed).isEqualTo(Map.of(BILLING, Map.of(BILLS, at(3))));
    }

    @Test
    void takesNewerReportsInPlaceOfOlderOnes() {
        KnownPositions known = new KnownPositions();
        known.learn(BILLING, report(ORDERS, 70, 5, PositionOutcome.COMMITTED));
        known.learn(BILLING, report(ORDERS, 72, 7, PositionOutcome.COMMITTED));

        assertThat(known.ours()).isEqualTo(Map.of(BILLING, Map.of(ORDERS, TargetOffset.of(7))));
        assertThat(known.changedIn(Map.of(BILLING, Map.of(ORDERS, at(72))))).isEmpty();
    }

    @Test
    void doesNotCountAKeptCommitAsOurs() {
        KnownPositions known = new KnownPositions();
        known.learn(BILLING, report(ORDERS, 70, 9, PositionOutcome.KEPT_ON_TARGET));

        assertThat(known.ours()).isEmpty();
    }

    private static CommittedPosition at(long offset) {
        return new CommittedPosition(SourceOffset.of(offset), "");
    }

    private static GroupReport report(PartitionId partition, long source, long target, PositionOutcome outcome) {
        return new GroupReport(Map.of(
                partition,
                new PositionReport(
                        SourceOffset.of(source),
                        PositionKind.EXACT,
                        TargetOffset.of(target),
                        TargetOffset.of(target),
                        outcome,
                        null)));
    }
}
