package io.kraftlift.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.inventory.Inventories;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicSelectorTest {
    @Test
    void movesEverythingButInternalTopicsWithoutPatterns() {
        assertThat(skip("orders", List.of(), List.of())).isNull();
        for (String internal : List.of(
                "__consumer_offsets",
                "__transaction_state",
                "__amazon_msk_canary",
                "mm2-offsets.east.internal",
                "heartbeats",
                "east.checkpoints.internal")) {
            assertThat(skip(internal, List.of(), List.of())).as(internal).isEqualTo(SkipReason.INTERNAL);
        }
    }

    @Test
    void movesNoInternalTopicEvenWhenAPatternNamesIt() {
        assertThat(skip("__consumer_offsets", List.of("__*"), List.of())).isEqualTo(SkipReason.INTERNAL);
    }

    @Test
    void letsExcludeWinOverInclude() {
        assertThat(skip("orders.tmp", List.of("orders.*"), List.of("*.tmp"))).isEqualTo(SkipReason.EXCLUDED);
        assertThat(skip("prices", List.of("orders.*"), List.of("*.tmp"))).isEqualTo(SkipReason.NOT_INCLUDED);
    }

    @Test
    void takesADotInAPatternForADot() {
        assertThat(skip("ordersXeu", List.of("orders.eu"), List.of())).isEqualTo(SkipReason.NOT_INCLUDED);
        assertThat(skip("orders1", List.of("orders?"), List.of())).isNull();
        assertThat(skip("orders", List.of("orders?"), List.of())).isEqualTo(SkipReason.NOT_INCLUDED);
    }

    @Test
    void knowsMskCanaryGroups() {
        assertThat(TopicSelector.isCanary("amazon.msk.canary.group.broker-1")).isTrue();
        assertThat(TopicSelector.isCanary("amazonXmsk.canary.x")).isFalse();
    }

    private static @Nullable SkipReason skip(String topic, List<String> include, List<String> exclude) {
        return new TopicSelector(new TopicSelection(include, exclude))
                .skips(Inventories.topic(topic, 1))
                .orElse(null);
    }
}
