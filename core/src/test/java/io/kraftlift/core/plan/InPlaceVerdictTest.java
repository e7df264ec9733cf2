package io.kraftlift.core.plan;

import static io.kraftlift.core.inventory.Inventories.source;
import static io.kraftlift.core.inventory.Inventories.target;
import static io.kraftlift.core.inventory.Inventories.topic;
import static io.kraftlift.core.inventory.Inventories.withBrokers;
import static io.kraftlift.core.inventory.Inventories.withMode;
import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskModeSignals;
import io.kraftlift.core.msk.MskProvisioned;
import io.kraftlift.core.msk.MskProvisioned.MskAccess;
import io.kraftlift.core.msk.MskProvisioned.MskBrokers;
import io.kraftlift.core.msk.MskServerless;
import io.kraftlift.core.plan.InPlaceVerdict.Eligible;
import io.kraftlift.core.plan.InPlaceVerdict.NotEligible;
import io.kraftlift.core.plan.InPlaceVerdict.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InPlaceVerdictTest {
    private static final MskArn ARN =
            MskArn.of("arn:aws:kafka:eu-west-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1");
    private static final Reading<List<String>> OFFERED = Reading.known(List.of("3.9.x.kraft"));
    private static final Reading<List<Integer>> NONE_DYNAMIC = Reading.known(List.of());
    private static final ClusterInventory IN_THREE_ZONES = zones("a", "b", "c");

    @Test
    void givesTheOneCommandWhenApiAndBrokersAgree() {
        assertThat(verdict(IN_THREE_ZONES, Reading.known(cluster(3)), OFFERED, NONE_DYNAMIC))
                .isInstanceOfSatisfying(Eligible.class, eligible -> {
                    assertThat(eligible.version()).isEqualTo("3.9.x.kraft");
                    assertThat(eligible.command())
                            .startsWith("aws kafka update-cluster-kafka-version --region eu-west-1 --cluster-arn " + ARN
                                    + " --target-kafka-version 3.9.x.kraft --current-version \"$(aws kafka");
                    assertThat(eligible.unseen()).hasSize(1).first().asString().contains("ZooKeeper");
                });
    }

    @Test
    void addsWhatCouldNotBeReadToWhatAPersonHasToLookAt() {
        assertThat(verdict(IN_THREE_ZONES, Reading.known(cluster(3)), OFFERED, Reading.unreadable("refused")))
                .isInstanceOfSatisfying(
                        Eligible.class,
                        eligible -> assertThat(eligible.unseen()).hasSize(2));
    }

    @Test
    void namesEveryObstacleOfApiAndBrokers() {
        ClusterInventory odd =
                withMode(zones("a", "b"), new ModeSignals(Reading.known(30), Reading.known(true)), Reading.known(30));

        assertThat(verdict(odd, Reading.known(cluster(2)), Reading.known(List.of("4.0.x")), Reading.known(List.of(7))))
                .isInstanceOfSatisfying(
                        NotEligible.class,
                        not -> assertThat(not.obstacles())
                                .anySatisfy(obstacle -> assertThat(obstacle).contains("3 availability zones, are in 2"))
                                .anySatisfy(obstacle -> assertThat(obstacle).contains("ZooKeeper mode; finalized"))
                                .anySatisfy(obstacle -> assertThat(obstacle).contains("3 availability zones, say 2"))
                                .anySatisfy(obstacle -> assertThat(obstacle)
                                        .contains("advertised.listeners")
                                        .contains("[7]"))
                                .anySatisfy(obstacle -> assertThat(obstacle).contains("offers 4.0.x")));
    }

    @Test
    void promisesNothingWithoutTheVersionsOnOffer() {
        assertThat(verdict(IN_THREE_ZONES, Reading.known(cluster(3)), Reading.unreadable("denied"), NONE_DYNAMIC))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("denied"));
        assertThat(verdict(IN_THREE_ZONES, Reading.known(cluster(2)), Reading.unreadable("denied"), NONE_DYNAMIC))
                .isInstanceOf(NotEligible.class);
        assertThat(verdict(IN_THREE_ZONES, Reading.unreadable("silent"), OFFERED, NONE_DYNAMIC))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("silent"));
    }

    @Test
    void knowsThatOnlyProvisionedClustersOfMskAreConverted() {
        assertThat(verdict(IN_THREE_ZONES, Reading.known(new MskServerless(ARN, "ACTIVE")), OFFERED, NONE_DYNAMIC))
                .isInstanceOf(NotEligible.class);
        assertThat(InPlaceVerdict.of(PlanInput.of(IN_THREE_ZONES, target())))
                .isInstanceOfSatisfying(
                        NotEligible.class,
                        not -> assertThat(not.obstacles()).first().asString().contains("source.cluster_arn"));
    }

    private static InPlaceVerdict verdict(
            ClusterInventory here,
            Reading<MskCluster> cluster,
            Reading<List<String>> offered,
            Reading<List<Integer>> dynamicListeners) {
        return InPlaceVerdict.of(new PlanInput(
                here,
                target(),
                Reading.known(Map.of()),
                dynamicListeners,
                Optional.of(new MskFacts(cluster, offered, Reading.known(""), Reading.known(List.of()))),
                Optional.empty()));
    }

    private static MskProvisioned cluster(int zones) {
        return new MskProvisioned(
                ARN,
                "ACTIVE",
                "3.9.x",
                new MskModeSignals("3.9.x", true, false),
                new MskBrokers(3, "kafka.m7g.large", zones, "LOCAL"),
                new MskAccess(Set.of(), false, false),
                Optional.empty());
    }

    private static ClusterInventory zones(String... racks) {
        return withBrokers(
                source(topic("orders", 1)),
                Stream.of(racks)
                        .map(rack -> new BrokerInventory(
                                rack.charAt(0), "host-" + rack, 9092, rack, Reading.known(Map.of())))
                        .toList());
    }
}
