package io.kraftlift.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModeSignalsTest {
    @Test
    void bothSignalsHaveToAgree() {
        assertThat(mode(Reading.known(0), Reading.known(false))).isEqualTo(MetadataMode.ZOOKEEPER);
        assertThat(mode(Reading.known(21), Reading.known(true))).isEqualTo(MetadataMode.KRAFT);
        assertThat(mode(Reading.known(21), Reading.known(false))).isEqualTo(MetadataMode.UNDECIDED);
        assertThat(mode(Reading.known(0), Reading.known(true))).isEqualTo(MetadataMode.UNDECIDED);
    }

    @Test
    void oneUnreadableSignalDecidesNothing() {
        assertThat(mode(Reading.unreadable("denied"), Reading.known(true))).isEqualTo(MetadataMode.UNDECIDED);
        assertThat(mode(Reading.known(0), Reading.unreadable("denied"))).isEqualTo(MetadataMode.UNDECIDED);
    }

    private static MetadataMode mode(Reading<Integer> level, Reading<Boolean> quorum) {
        return new ModeSignals(level, quorum).mode();
    }
}
