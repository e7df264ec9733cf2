package io.kraftlift.core.msk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.msk.MskProvisioned.MskAccess;
import io.kraftlift.core.msk.MskProvisioned.MskBrokers;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InPlaceConversionTest {
    private static final MskArn ARN = MskArn.of("arn:aws:kafka:eu-central-1:111122223333:cluster/orders/1-1");
    private static final MskBrokers BROKERS = new MskBrokers(6, "kafka.m5.large", 3, "LOCAL");
    private static final MskAccess ACCESS = new MskAccess(Set.of(), false, false);

    @Test
    void isEligibleWhenMskOffersAKraftVersionAndNothingStandsInTheWay() {
        InPlaceConversion conversion =
                InPlaceConversion.of(cluster("ACTIVE", "3.9.x", BROKERS, ACCESS), List.of("4.0.x", "3.9.x.kraft"));
        assertThat(conversion.isEligible()).isTrue();
        assertThat(conversion.target()).contains("3.9.x.kraft");
    }

    @Test
    void isNotEligibleWithoutAnOfferEvenWhenNothingIsSeenInTheWay() {
        InPlaceConversion conversion =
                InPlaceConversion.of(cluster("ACTIVE", "3.9.x", BROKERS, ACCESS), List.of("3.9.y"));
        assertThat(conversion.obstacles()).isEmpty();
        assertThat(conversion.isEligible()).isFalse();
    }

    @Test
    void namesEverythingThatStandsInTheWay() {
        MskProvisioned cluster = cluster(
                "UPDATING",
                "3.6.0",
                new MskBrokers(2, "kafka.t3.small", 2, "LOCAL"),
                new MskAccess(Set.of(), true, true));
        assertThat(InPlaceConversion.of(cluster, List.of()).obstacles())
                .containsExactly(
                        "the cluster must be ACTIVE, is UPDATING",
                        "the Kafka version must be 3.9.x, is 3.6.0",
                        "the brokers must be Standard and larger than kafka.t3.small, are kafka.t3.small",
                        "the brokers must be in 3 availability zones, are in 2",
                        "public access and open monitoring must not both be on");
    }

    @Test
    void needsAllSignsOfTheModeToAgree() {
        assertThat(new MskModeSignals("3.9.x", true, false).mode()).isEqualTo(MskModeSignals.Mode.ZOOKEEPER);
        assertThat(new MskModeSignals("3.9.x.kraft", false, true).mode()).isEqualTo(MskModeSignals.Mode.KRAFT);
        assertThat(new MskModeSignals("4.0.x", false, true).mode()).isEqualTo(MskModeSignals.Mode.KRAFT);
        assertThat(new MskModeSignals("3.9.x", false, false).mode()).isEqualTo(MskModeSignals.Mode.UNDECIDED);
        assertThat(new MskModeSignals("3.9.x.kraft", true, true).mode()).isEqualTo(MskModeSignals.Mode.UNDECIDED);
        assertThat(new MskModeSignals("3.9.x.kraft", false, false).mode()).isEqualTo(MskModeSignals.Mode.UNDECIDED);
    }

    private static MskProvisioned cluster(String state, String version, MskBrokers brokers, MskAccess access) {
        return new MskProvisioned(
                ARN, state, version, new MskModeSignals(version, true, false), brokers, access, Optional.empty());
    }
}
