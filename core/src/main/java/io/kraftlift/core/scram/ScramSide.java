package io.kraftlift.core.scram;

import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.msk.MskArn;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Where a cluster keeps its SCRAM users, and what was found there. */
public sealed interface ScramSide {
    /**
     * In secrets of AWS Secrets Manager that are associated with an MSK cluster.
     *
     * @param secrets their ARNs
     */
    record Secrets(MskArn cluster, Reading<List<String>> secrets) implements ScramSide {
        @Override
        public <T> T fold(
                BiFunction<MskArn, Reading<List<String>>, T> secretsOfMsk,
                Function<Reading<List<ScramUser>>, T> usersOfKafka) {
            return secretsOfMsk.apply(cluster, secrets);
        }
    }

    /** In Kafka itself. */
    record Users(Reading<List<ScramUser>> users) implements ScramSide {
        @Override
        public <T> T fold(
                BiFunction<MskArn, Reading<List<String>>, T> secretsOfMsk,
                Function<Reading<List<ScramUser>>, T> usersOfKafka) {
            return usersOfKafka.apply(users);
        }
    }

    <T> T fold(
            BiFunction<MskArn, Reading<List<String>>, T> secretsOfMsk,
            Function<Reading<List<ScramUser>>, T> usersOfKafka);
}
