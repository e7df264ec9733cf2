package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
    private static final long SEED = 7;

    private long nanos = 5_000;

    @Test
    void holdsTheRateWithinFivePercentOverTenSeconds() {
        RateLimit rate = new RateLimit(1_000_000, () -> nanos);
        Random random = new Random(SEED);
        long begun = nanos;
        long spent = 0;
        while (nanos - begun < TimeUnit.SECONDS.toNanos(10)) {
            long wait = rate.waitMillis();
            if (wait > 0) {
                nanos += TimeUnit.MILLISECONDS.toNanos(wait);
                continue;
            }
            long fetched = random.nextInt(100_000);
            rate.spend(fetched);
            spent += fetched;
            nanos += TimeUnit.MILLISECONDS.toNanos(random.nextInt(20));
        }
        assertThat(spent).isCloseTo(10_000_000L, Percentage.withPercentage(5));
    }

    @Test
    void savesUpNoMoreThanATenthOfASecond() {
        RateLimit rate = new RateLimit(1_000_000, () -> nanos);
        nanos += TimeUnit.HOURS.toNanos(1);
        assertThat(rate.waitMillis()).isZero();
        rate.spend(350_000);
        assertThat(rate.waitMillis()).isCloseTo(250, within(1L));
    }

    @Test
    void waitsForNothingWithoutALimit() {
        RateLimit rate = new RateLimit(Double.POSITIVE_INFINITY, () -> nanos);
        rate.spend(Long.MAX_VALUE);
        assertThat(rate.waitMillis()).isZero();
    }

    @Test
    void refusesARateOfZero() {
        assertThatThrownBy(() -> new RateLimit(0, () -> nanos))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rate: must be above 0");
    }
}
