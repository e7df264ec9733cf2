package io.kraftlift.access.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.wire.MarkerSearch.Seen;
import io.kraftlift.access.wire.MarkerSearch.Wanted;
import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionState;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Empty transactions on a real source. */
@RealClusters
class EmptyTransactionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Clusters clusters;

    EmptyTransactionsIT(Clusters clusters) {
        this.clusters = clusters;
    }

    @Test
    void leaveAMarkerInEveryPartitionOneTransactionAfterTheOther() throws Exception {
        create(new NewTopic("markers", 3, (short) 1));
        List<PartitionId> partitions =
                List.of(PartitionId.of("markers", 0), PartitionId.of("markers", 1), PartitionId.of("markers", 2));
        try (WireClient client = WireClient.open(source(), "source", partitions, 1)) {
            List<ProducerIdentity> producers = new EmptyTransactions(client, "markers", PATIENCE, 2).commitOverAll();

            assertThat(producers.get(1)).isEqualTo(producers.get(0));
            assertThat(producers.get(2)).isNotEqualTo(producers.get(0));
            assertThat(search(client, producers))
                    .containsExactly(new Seen.Marker(0), new Seen.Marker(0), new Seen.Marker(0));
            assertThat(search(client, List.of(producers.get(2), producers.get(2), producers.get(2))))
                    .as("by another producer")
                    .containsExactly(new Seen.OtherBatches(), new Seen.OtherBatches(), new Seen.Marker(0));
        }
    }

    @Test
    void leaveNothingOpenWhenOneOfSeveralCannotBeMade() throws Exception {
        create(new NewTopic("half", 1, (short) 1));
        List<PartitionId> partitions = List.of(PartitionId.of("half", 0), PartitionId.of("half.ghost", 0));
        try (WireClient client =
                WireClient.open(source(), "source", partitions, 1, Set.of(new TopicName("half.ghost")))) {
            EmptyTransactions transactions = new EmptyTransactions(client, "half", Duration.ofSeconds(3), 1);

            assertThatThrownBy(transactions::commitOverAll)
                    .isInstanceOf(TryAgain.class)
                    .hasMessageContaining("BROKER_UNREACHABLE")
                    .hasMessageContaining("transactional id half was not done in time (UNKNOWN_TOPIC_OR_PARTITION)");
        }
        try (Admin admin = admin()) {
            assertThat(stateOf(admin, "half")).isNotIn(TransactionState.ONGOING, TransactionState.PREPARE_COMMIT);
        }
    }

    @Test
    void areAbortedWhenTheyAreNotToBe() throws Exception {
        create(new NewTopic("aborted", 1, (short) 1));
        try (WireClient client = WireClient.open(source(), "source", List.of(PartitionId.of("aborted", 0)), 1);
                Admin admin = admin()) {
            EmptyTransactions transactions = new EmptyTransactions(client, "aborted", PATIENCE);
            ProducerIdentity producer = transactions.begin();
            transactions.add(List.of(client.partition(0)), producer);
            assertThat(stateOf(admin, "aborted")).isEqualTo(TransactionState.ONGOING);

            transactions.abort(producer);

            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> stateOf(admin, "aborted") == TransactionState.COMPLETE_ABORT);
            assertThat(search(client, List.of(producer)))
                    .as("an abort is no commit")
                    .containsExactly(new Seen.OtherBatches());
        }
    }

    private static TransactionState stateOf(Admin admin, String id) throws Exception {
        return admin.describeTransactions(List.of(id)).description(id).get().state();
    }

    private static List<Seen> search(WireClient client, List<ProducerIdentity> producers) throws InterruptedException {
        return new MarkerSearch(
                        client,
                        producers.stream()
                                .map(producer -> new Wanted(producer, 0, 1))
                                .toList())
                .search(PATIENCE);
    }

    private void create(NewTopic topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", clusters.source().bootstrapServers()));
    }

    private ClusterSettings source() {
        return new ClusterSettings(
                new ClusterLocation.Bootstrap(clusters.source().bootstrapServers()), new AuthSettings.Plaintext());
    }
}
