package io.kraftlift.core.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class DrainWindowTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07Z");
    private static final Duration WINDOW = Duration.ofSeconds(30);

    @Test
    void isStableWhenEveryLookOfTheWindowSawTheTailCaughtUp() {
        DrainWindow window = DrainWindow.empty();
        for (int second = 0; second <= 30; second += 5) {
            window = window.after(START.plusSeconds(second), true);
        }

        assertThat(window.isStable(WINDOW)).isTrue();
    }

    @Test
    void startsAnewAfterALookThatSawALag() {
        DrainWindow window = DrainWindow.empty()
                .after(START, true)
                .after(START.plusSeconds(20), false)
                .after(START.plusSeconds(25), true)
                .after(START.plusSeconds(40), true);

        assertThat(window.isStable(WINDOW)).isFalse();
        assertThat(window.caughtUpSince()).isEqualTo(START.plusSeconds(25));
    }

    @Test
    void startsAnewAfterAPauseInWhichNobodyLooked() {
        DrainWindow window = DrainWindow.empty().after(START, true).after(START.plusSeconds(3_600), true);

        assertThat(window.isStable(WINDOW)).isFalse();
    }

    @Test
    void isNotStableAfterTheFirstLook() {
        assertThat(DrainWindow.empty().after(START, true).isStable(WINDOW)).isFalse();
    }
}
