package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.topics.PartitionId;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LogLookTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final PartitionId ORDERS = PartitionId.of("orders", 0);
    private static final PartitionId BILLS = PartitionId.of("bills", 1);

    @Test
    void seesNothingWhereNothingMoves() {
        assertThat(look(5, 5, 8, 8).movementSince(look(5, 5, 8, 8))).isEmpty();
    }

    @Test
    void namesThePartitionThatMovesAndByHowMuch() {
        assertThat(look(5, 5, 11, 11).movementSince(look(5, 5, 8, 8)))
                .containsExactly(new LogMovement(BILLS, 11, 3, 0));
    }

    @Test
    void namesAnOpenTransactionOverAStillLog() {
        assertThat(look(5, 5, 8, 6).movementSince(look(5, 5, 8, 6))).containsExactly(new LogMovement(BILLS, 8, 0, 2));
    }

    @Test
    void countsAStableOffsetAboveTheEndAsAMove() {
        assertThat(look(5, 7, 8, 8).movementSince(look(5, 5, 8, 8))).containsExactly(new LogMovement(ORDERS, 7, 2, 0));
    }

    private static LogLook look(long ordersEnd, long ordersStable, long billsEnd, long billsStable) {
        return new LogLook(
                NOW, Map.of(ORDERS, ordersEnd, BILLS, billsEnd), Map.of(ORDERS, ordersStable, BILLS, billsStable));
    }
}
