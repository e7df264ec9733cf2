package io.kraftlift.access.plan;

import io.kraftlift.access.msk.MskApi;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.plan.MskFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks MSK what its API tells of a cluster that is given by its ARN. What it refuses is an unreadable part of the facts. */
public final class MskSurvey {
    private final Function<String, MskApi> apis;

    /**
     * For an API.
     *
     * @param apis opens the API for an ARN; it is closed here
     */
    public MskSurvey(Function<String, MskApi> apis) {
        this.apis = apis;
    }

    /** MSK itself, asked as whom the surroundings say. */
    public static MskSurvey of(Surroundings surroundings) {
        return new MskSurvey(arn -> MskApi.of(arn, surroundings.aws()));
    }

    /** Empty for a cluster that is not given by an ARN. */
    public Optional<MskFacts> ask(ClusterSettings cluster) {
        if (!(cluster.location() instanceof ClusterLocation.Arn located)) {
            return Optional.empty();
        }
        try (MskApi msk = apis.apply(located.arn())) {
            Reading<MskCluster> described = reading(msk::describe);
            Reading<List<String>> offered = provisioned(described, msk::compatibleVersions);
            Reading<String> properties = described.fold(
                    known -> known.fold(
                            provisioned -> provisioned
                                    .configuration()
                                    .map(configuration -> reading(() -> msk.serverProperties(configuration)))
                                    .orElseGet(() -> Reading.known("")),
                            serverless -> Reading.known("")),
                    Reading::unreadable);
            return Optional.of(new MskFacts(described, offered, properties, provisioned(described, msk::scramSecrets)));
        }
    }

    /** Serverless clusters have no such thing, and MSK refuses the question. */
    private static Reading<List<String>> provisioned(Reading<MskCluster> cluster, Supplier<List<String>> question) {
        return cluster.fold(
                known -> known.fold(provisioned -> reading(question), serverless -> Reading.known(List.of())),
                Reading::unreadable);
    }

    private static <T> Reading<T> reading(Supplier<T> question) {
        try {
            return Reading.known(question.get());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }
}
