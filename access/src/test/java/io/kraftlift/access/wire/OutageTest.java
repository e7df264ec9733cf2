package io.kraftlift.access.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OutageTest {
    private final Outage outage = new Outage();

    @Test
    void exhaustsThePatienceAfterAMinuteOfFailures() {
        assertThat(outage.exhausts(5_000)).isFalse();
        assertThat(outage.exhausts(40_000)).isFalse();
        assertThat(outage.exhausts(65_000)).isFalse();
        assertThat(outage.exhausts(65_001)).isTrue();
    }

    @Test
    void beginsAnewAfterASuccess() {
        assertThat(outage.exhausts(5_000)).isFalse();
        assertThat(outage.exhausts(40_000)).isFalse();
        outage.end();
        assertThat(outage.exhausts(70_000)).isFalse();
        assertThat(outage.exhausts(100_000)).isFalse();
        assertThat(outage.exhausts(131_000)).isTrue();
    }

    @Test
    void beginsAnewWhereNobodyAskedForLong() {
        assertThat(outage.exhausts(5_000)).isFalse();
        assertThat(outage.exhausts(7_200_000)).isFalse();
    }
}
