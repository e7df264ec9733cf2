package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.lanes.DesiredState;
import io.kraftlift.core.lanes.LaneControl;
import io.kraftlift.testkit.time.MovedClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guard does with a freeze, whatever became of who began it. No cluster is asked. */
final class OverdueFreezeTest {
    private static final Instant BEGAN = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Instant OVERDUE = BEGAN.plusSeconds(65);

    private final ProducersSideServer producersSide = new ProducersSideServer();
    private final MovedClock clock = new MovedClock(BEGAN);
    private final MigrationRun run;
    private final FreezeObject freezes;

    OverdueFreezeTest(@TempDir Path directory) {
        run = Runs.open(
                directory,
                "localhost:1",
                "localhost:2",
                Runs.cutover(producersSide.address(), LONGEST),
                new Surroundings(Map.of(), clock, duration -> {}, new SecureRandom()));
        freezes = new FreezeObject(run);
    }

    @AfterEach
    void close() {
        run.close();
        producersSide.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = FreezeState.class,
            names = {"REQUESTED", "PROVEN", "RELEASING"})
    void isEndedOnceAndNotedDownFromWhateverStateItWasLeftIn(FreezeState left) throws InterruptedException {
        leave(left);
        clock.moveTo(OVERDUE);

        OverdueFreeze.Outcome first = new OverdueFreeze(run).settle();
        OverdueFreeze.Outcome second = new OverdueFreeze(run).settle();

        assertThat(first).isEqualTo(new OverdueFreeze.Outcome(true, true, OVERDUE));
        assertThat(second).isEqualTo(new OverdueFreeze.Outcome(true, false, OVERDUE));
        assertThat(producersSide.actions()).containsExactly("unfreeze");
        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASED);
        assertThat(control()).isEqualTo(DesiredState.RUN);
        assertThat(run.journal().entries())
                .singleElement()
                .extracting(JournalEntry::line)
                .isEqualTo("2026-03-04T05:07:12Z tail overdue freeze released: attempt=1"
                        + " deadline=2026-03-04T05:07:07Z");
    }

    @Test
    void isLookedAtAgainAfterItsDeadlineWhileItIsInTime() throws InterruptedException {
        leave(FreezeState.PROVEN);
        clock.moveTo(BEGAN.plusSeconds(59));

        OverdueFreeze.Outcome outcome = new OverdueFreeze(run).settle();

        assertThat(outcome).isEqualTo(new OverdueFreeze.Outcome(false, false, OVERDUE));
        assertThat(producersSide.actions()).isEmpty();
        assertThat(freeze().state()).isEqualTo(FreezeState.PROVEN);
        assertThat(run.journal().entries()).isEmpty();
    }

    @Test
    void isLeftAloneWhenTheCutoverWasCommittedInTime() throws InterruptedException {
        leave(FreezeState.PROVEN);
        freezes.committed();
        clock.moveTo(OVERDUE);

        assertThat(new OverdueFreeze(run).settle()).isEqualTo(new OverdueFreeze.Outcome(true, false, OVERDUE));

        assertThat(producersSide.actions()).isEmpty();
        assertThat(freeze().isCommitted()).isTrue();
        assertThat(run.backup().get(run.objects().control())).isEmpty();
    }

    @Test
    void isNothingToDoBeforeAnybodyFroze() throws InterruptedException {
        assertThat(new OverdueFreeze(run).settle()).isEqualTo(new OverdueFreeze.Outcome(true, false, BEGAN));
    }

    @Test
    void isTriedAgainWhereTheProducersSideDoesNotAnswer() throws InterruptedException {
        leave(FreezeState.PROVEN);
        clock.moveTo(OVERDUE);
        producersSide.answerWith(400);

        assertThatThrownBy(() -> new OverdueFreeze(run).settle())
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_REFUSED");
        assertThat(control()).as("the tail goes on all the same").isEqualTo(DesiredState.RUN);
        producersSide.answerWith(200);

        assertThat(new OverdueFreeze(run).settle().released()).isTrue();
        assertThat(freeze().state()).isEqualTo(FreezeState.RELEASED);
    }

    @Test
    void losesItsCommitToTheRelease() throws InterruptedException {
        leave(FreezeState.PROVEN);
        clock.moveTo(OVERDUE);
        new OverdueFreeze(run).settle();

        assertThatThrownBy(freezes::committed)
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("DRAIN_TIMED_OUT");
    }

    @Test
    void isNotBegunWhenTheGuardMayHaveLooked() {
        clock.moveTo(BEGAN.plusSeconds(1));

        assertThatThrownBy(() -> new ProducerFreeze(run).freeze(BEGAN))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("must begin by 2026-03-04T05:06:07Z")
                .hasMessageContaining("approve the cutover again");

        assertThat(producersSide.actions()).isEmpty();
        assertThat(freezes.find()).isEmpty();
    }

    @Test
    void mayBeReleasedByTwoAtOnceWithoutHarm() {
        leave(FreezeState.RELEASING);
        freezes.released(1);

        assertThat(freezes.releasing().state()).isEqualTo(FreezeState.RELEASED);
        freezes.request(LONGEST);
        assertThat(freezes.released(1)).as("the next attempt").satisfies(next -> {
            assertThat(next.attempt()).isEqualTo(2);
            assertThat(next.state()).isEqualTo(FreezeState.REQUESTED);
        });
    }

    private void leave(FreezeState state) {
        freezes.request(LONGEST);
        if (state == FreezeState.PROVEN) {
            freezes.proven();
        }
        if (state == FreezeState.RELEASING) {
            freezes.releasing();
        }
    }

    private Freeze freeze() {
        return run.read(run.objects().result("freeze"), Freeze.class);
    }

    private DesiredState control() {
        return run.read(run.objects().control(), LaneControl.class).state();
    }
}
