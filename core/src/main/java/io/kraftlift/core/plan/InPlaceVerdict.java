package io.kraftlift.core.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.MetadataMode;
import io.kraftlift.core.msk.InPlaceConversion;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.msk.MskProvisioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the source can be converted in place instead, from the MSK API and from its brokers (Amazon MSK Developer
 * Guide, "Upgrade from ZooKeeper to KRaft").
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
    @JsonSubTypes.Type(value = InPlaceVerdict.Eligible.class, name = "eligible"),
    @JsonSubTypes.Type(value = InPlaceVerdict.NotEligible.class, name = "not_eligible"),
    @JsonSubTypes.Type(value = InPlaceVerdict.Unknown.class, name = "unknown")
})
public sealed interface InPlaceVerdict {
    /**
     * It can.
     *
     * @param command the one command that begins it
     * @param unseen conditions that neither API nor brokers show, for a person to look at
     */
    record Eligible(String version, String command, List<String> unseen) implements InPlaceVerdict {
        public Eligible {
            unseen = List.copyOf(unseen);
        }

        @Override
        public <T> T fold(
                Function<Eligible, T> eligible, Function<NotEligible, T> notEligible, Function<Unknown, T> unknown) {
            return eligible.apply(this);
        }
    }

    /** It cannot, for these reasons. */
    record NotEligible(List<String> obstacles) implements InPlaceVerdict {
        public NotEligible {
            obstacles = List.copyOf(obstacles);
        }

        @Override
        public <T> T fold(
                Function<Eligible, T> eligible, Function<NotEligible, T> notEligible, Function<Unknown, T> unknown) {
            return notEligible.apply(this);
        }
    }

    /** It could not be told. */
    record Unknown(String why) implements InPlaceVerdict {
        @Override
        public <T> T fold(
                Function<Eligible, T> eligible, Function<NotEligible, T> notEligible, Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }

    /** What each verdict gives. */
    <T> T fold(Function<Eligible, T> eligible, Function<NotEligible, T> notEligible, Function<Unknown, T> unknown);

    /** Judges. */
    static InPlaceVerdict of(PlanInput input) {
        Optional<MskFacts> msk = input.sourceMsk();
        if (msk.isEmpty()) {
            return new NotEligible(List.of("only MSK converts clusters in place, and the source is not given by the ARN"
                    + " of an MSK cluster (source.cluster_arn)"));
        }
        return msk.get()
                .cluster()
                .fold(
                        cluster -> cluster.fold(
                                provisioned -> of(provisioned, msk.get(), input),
                                serverless -> new NotEligible(
                                        List.of("an MSK Serverless cluster is never in ZooKeeper" + " mode"))),
                        why -> new Unknown("the MSK API did not tell: " + why));
    }

    private static InPlaceVerdict of(MskProvisioned cluster, MskFacts msk, PlanInput input) {
        return msk.offeredVersions().fold(offered -> of(cluster, offered, input), why -> {
            // Without the versions on offer it can be ruled out, but not be promised.
            List<String> obstacles = obstacles(InPlaceConversion.of(cluster, List.of()), input);
            return obstacles.isEmpty()
                    ? new Unknown("the MSK API did not tell which versions it offers: " + why)
                    : new NotEligible(obstacles);
        });
    }

    private static InPlaceVerdict of(MskProvisioned cluster, List<String> offered, PlanInput input) {
        InPlaceConversion conversion = InPlaceConversion.of(cluster, offered);
        List<String> obstacles = obstacles(conversion, input);
        if (conversion.target().isEmpty()) {
            obstacles.add("MSK must offer a version that ends in .kraft (kafka:GetCompatibleKafkaVersions), offers "
                    + (offered.isEmpty() ? "none" : String.join(", ", offered)));
        }
        if (!obstacles.isEmpty()) {
            return new NotEligible(obstacles);
        }
        List<String> unseen = new ArrayList<>();
        unseen.add("clients' access to ZooKeeper must be off (aws kafka update-connectivity)");
        input.dynamicListeners()
                .fold(
                        none -> true,
                        why -> unseen.add(
                                "no broker may have a dynamic advertised.listeners, which could not be read: " + why));
        String version = conversion.target().orElseThrow();
        return new Eligible(version, command(cluster, version), unseen);
    }

    private static List<String> obstacles(InPlaceConversion conversion, PlanInput input) {
        List<String> obstacles = new ArrayList<>(conversion.obstacles());
        ClusterInventory source = input.source();
        if (source.mode() != MetadataMode.ZOOKEEPER) {
            obstacles.add("the brokers must say that they are in ZooKeeper mode; "
                    + source.modeSignals().describe());
        }
        Set<String> racks = source.brokers().stream()
                .flatMap(broker -> Optional.ofNullable(broker.rack()).stream())
                .collect(Collectors.toSet());
        if (!racks.isEmpty() && racks.size() != 3) {
            obstacles.add("the brokers must say that they are in 3 availability zones, say " + racks.size());
        }
        List<Integer> dynamic = input.dynamicListeners().or(List.of());
        if (!dynamic.isEmpty()) {
            obstacles.add("advertised.listeners must not be dynamic, is at brokers " + dynamic);
        }
        return obstacles;
    }

    private static String command(MskCluster cluster, String version) {
        String where = "--region " + cluster.arn().region() + " --cluster-arn " + cluster.arn();
        return "aws kafka update-cluster-kafka-version " + where + " --target-kafka-version " + version
                + " --current-version \"$(aws kafka describe-cluster-v2 " + where
                + " --query ClusterInfo.CurrentVersion --output text)\"";
    }
}
