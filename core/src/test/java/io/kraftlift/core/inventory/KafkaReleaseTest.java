package io.kraftlift.core.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KafkaReleaseTest {
    @Test
    void readsTheFirstTwoNumbers() {
        assertThat(KafkaRelease.parse("3.9-IV0")).isEqualTo(KafkaRelease.of(3, 9));
        assertThat(KafkaRelease.parse("2.8.2")).isEqualTo(KafkaRelease.of(2, 8));
        assertThat(KafkaRelease.parse("4.1")).isEqualTo(KafkaRelease.of(4, 1));
    }

    @Test
    void ordersByNumberAndNotByText() {
        assertThat(KafkaRelease.of(3, 10)).isGreaterThan(KafkaRelease.of(3, 9));
    }

    @Test
    void tellsTheReleaseOfAMetadataLevel() {
        assertThat(KafkaRelease.ofMetadataLevel(14)).contains(KafkaRelease.of(3, 6));
        assertThat(KafkaRelease.ofMetadataLevel(15)).contains(KafkaRelease.of(3, 7));
        assertThat(KafkaRelease.ofMetadataLevel(21)).contains(KafkaRelease.of(3, 9));
        assertThat(KafkaRelease.ofMetadataLevel(999)).contains(KafkaRelease.of(4, 3));
        assertThat(KafkaRelease.ofMetadataLevel(0)).isEmpty();
    }

    @Test
    void refusesATextWithoutNumbers() {
        assertThatThrownBy(() -> KafkaRelease.parse("latest"))
                .hasMessage("Kafka release: must begin with major.minor, was \"latest\"");
    }
}
