package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.OperatorActionNeeded;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FreezeTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final Instant LATER = START.plusSeconds(2);
    private static final Instant TOO_LATE = START.plusSeconds(60);
    private static final Freeze REQUESTED = Freeze.first(START, Duration.ofSeconds(60));

    @Test
    void commitsWhatWasProvenInTime() {
        Freeze committed = REQUESTED.proven(LATER).committed(LATER.plusSeconds(1));

        assertThat(committed.isCommitted()).isTrue();
        assertThat(committed.isHeld()).isFalse();
    }

    @Test
    void doesNotCommitOnceItIsBeingReleased() {
        Freeze releasing = REQUESTED.proven(LATER).releasing();

        assertThatThrownBy(() -> releasing.committed(LATER))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT")
                .hasMessageContaining("RELEASING");
    }

    @Test
    void isNotReleasedOnceItIsCommitted() {
        Freeze committed = REQUESTED.proven(LATER).committed(LATER);

        assertThatThrownBy(committed::releasing)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("COMMIT_ALREADY_MADE");
    }

    @Test
    void doesNotCommitAtItsDeadline() {
        Freeze proven = REQUESTED.proven(LATER);

        assertThatThrownBy(() -> proven.committed(TOO_LATE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("max_producer_freeze");
    }

    @Test
    void doesNotCommitWithoutProof() {
        assertThatThrownBy(() -> REQUESTED.committed(LATER))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("must be PROVEN, was REQUESTED");
    }

    @Test
    void beginsANewAttemptOnlyAfterARelease() {
        Freeze released = REQUESTED.releasing().released(LATER);

        Freeze next = released.next(LATER, Duration.ofSeconds(30));

        assertThat(next.attempt()).isEqualTo(2);
        assertThat(next.deadline()).isEqualTo(LATER.plusSeconds(30));
        assertThat(next.idempotencyKey("freeze")).isNotEqualTo(REQUESTED.idempotencyKey("freeze"));
        assertThatThrownBy(() -> REQUESTED.next(LATER, Duration.ofSeconds(30)))
                .isInstanceOf(OperatorActionNeeded.class);
    }
}
