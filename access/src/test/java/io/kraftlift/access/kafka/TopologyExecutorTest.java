package io.kraftlift.access.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kraftlift.access.kafka.FakeTargetAdmin.Died;
import io.kraftlift.access.kafka.FakeTargetAdmin.Moment;
import io.kraftlift.access.kafka.FakeTargetAdmin.Request;
import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.DriftPolicies;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyPlan;
import io.kraftlift.core.topology.TopologyPlanner;
import io.kraftlift.core.topology.TopologyStep;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import io.kraftlift.core.topology.TopologyStep.CreateTopic;
import io.kraftlift.core.topology.TopologyStep.GrowTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyExecutorTest {
    private static final Map<String, String> DEFAULTS = Map.of(
            "cleanup.policy", "delete",
            "compression.type", "producer",
            "max.message.bytes", "1048588",
            "message.timestamp.after.max.ms", "3600000",
            "message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE),
            "message.timestamp.type", "CreateTime",
            "min.insync.replicas", "1",
            "retention.bytes", "-1",
            "retention.ms", "604800000",
            "segment.ms", "604800000");

    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void comesToTheSameEndWhereverItDies() throws Exception {
        ClusterInventory source = source(90, 50, 1_100, 450);
        FakeTargetAdmin uninterrupted = targetWithOldThings();
        run(source, uninterrupted, TopologyLedger.empty());
        String whole = uninterrupted.state();
        int died = 0;
        for (Moment moment : Moment.values()) {
            for (int request = 0; ; request++) {
                FakeTargetAdmin target = targetWithOldThings();
                int before = target.requests().size();
                target.dieAt(before + request, moment);
                // The ledger is written before the first change.
                TopologyPlan plan = planned(source, target, TopologyLedger.empty());
                TopologyLedger ledger = plan.ledger();
                try {
                    executor(target).execute(plan.steps());
                    break;
                } catch (Died e) {
                    died++;
                }

                TopologyPlan resumed = run(source, target, ledger);

                assertThat(target.state())
                        .as("died at request %s having done %s of it", request, moment)
                        .isEqualTo(whole);
                assertThat(resumed.ledger().topics()).isEqualTo(ledger.topics());
                assertThat(planned(source, target, resumed.ledger()).steps()).isEmpty();
            }
        }
        // 89 topics x (1 topic + 50 partitions + 3 holds) in 3 requests, one for the found topic, ACLs 3 + 1, quotas 3.
        assertThat(died).isEqualTo(Moment.values().length * 11);
    }

    @Test
    void asksForLargeClustersInBoundedRequestsWithAPauseAfterEach() throws Exception {
        ClusterInventory source = source(5_000, 4, 10_000, 1_000);
        FakeTargetAdmin target = new FakeTargetAdmin();

        TopologyPlan plan = run(source, target, TopologyLedger.empty());

        assertThat(plan.steps()).hasSize(5_000 + 10_000 + 1_000);
        assertThat(items(target, "create topics")).isEqualTo(5_000);
        assertThat(items(target, "create ACLs")).isEqualTo(10_000);
        assertThat(items(target, "set quotas")).isEqualTo(1_000);
        // 5,000 x (1 topic + 4 partitions + 3 holds) = 40,000 records.
        assertThat(requests(target, "create topics")).isEqualTo(20);
        assertThat(requests(target, "create ACLs")).isEqualTo(20);
        assertThat(requests(target, "set quotas")).isEqualTo(5);
        assertThat(target.requests())
                .allSatisfy(request -> assertThat(request.records()).isLessThanOrEqualTo(RequestSizes.RECORDS));
        assertThat(pauses.stream().filter(RequestSizes.PAUSE::equals).count())
                .isGreaterThanOrEqualTo(target.requests().size());
        assertThat(planned(source, target, plan.ledger()).steps()).isEmpty();
    }

    @Test
    void givesATopicThatIsLargerThanARequestItsOwn() throws Exception {
        FakeTargetAdmin target = new FakeTargetAdmin();

        executor(target).execute(List.of(creation("small.a", 1), creation("large", 4_000), creation("small.b", 1)));

        assertThat(target.requests())
                .extracting(Request::kind, Request::items, Request::records)
                .containsExactly(
                        tuple("create topics", 1, 2), tuple("create topics", 1, 4_001), tuple("create topics", 1, 2));
    }

    @Test
    void bringsATopicThatHasAppearedMeanwhileToTheWantedSettings() throws Exception {
        FakeTargetAdmin target = new FakeTargetAdmin();
        TopicName topic = new TopicName("orders");
        target.createTopics(List.of(new CreateTopic(topic, 2, 3, Map.of("segment.ms", "9000"))));

        executor(target).execute(List.of(new CreateTopic(topic, 2, 3, Map.of("retention.ms", "-1"))));

        assertThat(target.ownSettings(List.of(topic)))
                .isEqualTo(Map.of(topic, Map.of("segment.ms", "9000", "retention.ms", "-1")));
    }

    @Test
    void refusesATopicThatHasAppearedMeanwhileWithOtherPartitions() throws Exception {
        FakeTargetAdmin target = new FakeTargetAdmin();
        target.createTopics(List.of(new CreateTopic(new TopicName("orders"), 5, 3, Map.of())));

        assertThatThrownBy(() -> executor(target).execute(List.of(creation("orders", 2))))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessage("TOPOLOGY_CONFLICT: topic orders has appeared on the target with 5 partitions, must have 2;"
                        + " delete it there, then redrive");
    }

    @Test
    void growsTopicsAndTakesLargerOnesForAConflict() throws Exception {
        FakeTargetAdmin target = new FakeTargetAdmin();
        TopicName topic = new TopicName("orders");
        target.createTopics(List.of(new CreateTopic(topic, 2, 3, Map.of())));

        executor(target).execute(List.of(new GrowTopic(topic, 6)));

        assertThat(target.partitions(List.of(topic))).isEqualTo(Map.of(topic, 6));
        assertThatThrownBy(() -> executor(target).execute(List.of(new GrowTopic(topic, 4))))
                .hasMessageContaining("topic orders has appeared on the target with 6 partitions, must have 4");
    }

    @Test
    void saysThatATopicIsGoneThatItWantedToChange() {
        assertThatThrownBy(() -> executor(new FakeTargetAdmin())
                        .execute(List.of(
                                new AlterTopic(new TopicName("orders"), Map.of("retention.ms", "-1"), List.of()))))
                .isInstanceOf(TryAgain.class)
                .hasMessageContaining("topic orders was there and is gone; the next try makes it again");
    }

    @Test
    void givesUpOnTopicsThatDoNotShow() {
        TargetAdmin blind = new FakeTargetAdmin() {
            @Override
            public Map<TopicName, Integer> partitions(Collection<TopicName> asked) {
                return Map.of();
            }
        };

        assertThatThrownBy(() -> executor(blind).execute(List.of(creation("orders", 1), creation("prices", 1))))
                .isInstanceOfSatisfying(
                        TryAgain.class,
                        failure -> assertThat(failure.failureName()).isEqualTo(FailureName.BROKER_UNREACHABLE))
                .hasMessageContaining("topic orders and 1 more do not show 30 s after they were created");
        assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isBetween(29_000L, 30_000L);
    }

    private TopologyPlan run(ClusterInventory source, FakeTargetAdmin target, TopologyLedger ledger)
            throws InterruptedException {
        TopologyPlan plan = planned(source, target, ledger);
        executor(target).execute(plan.steps());
        return plan;
    }

    private static TopologyPlan planned(ClusterInventory source, FakeTargetAdmin target, TopologyLedger ledger) {
        return new TopologyPlanner(
                        source,
                        target.inventory(DEFAULTS),
                        new DriftPolicies(ConfigDrift.OVERWRITE_WITH_SOURCE, AclDrift.OVERWRITE, Set.of()))
                .plan(source.topics().stream().map(TopicInventory::name).toList(), ledger);
    }

    private TopologyExecutor executor(TargetAdmin target) {
        return new TopologyExecutor(target, pauses::add);
    }

    /** It has an empty topic of the source with other settings, rules that the source has not, and a limit. */
    private static FakeTargetAdmin targetWithOldThings() {
        FakeTargetAdmin target = new FakeTargetAdmin();
        target.createTopics(List.of(new CreateTopic(new TopicName("topic.0"), 50, 3, Map.of("segment.ms", "9000"))));
        target.partitions(List.of(new TopicName("topic.0")));
        target.createAcls(IntStream.range(0, 10).mapToObj(n -> rule("old." + n)).toList());
        target.setQuotas(List.of(quota(0, 1.0)));
        return target;
    }

    private static ClusterInventory source(int topics, int partitions, int acls, int quotas) {
        return new ClusterInventory(
                1,
                "source-id",
                new ModeSignals(Reading.known(0), Reading.known(false)),
                Reading.known(0),
                List.of(new BrokerInventory(1, "host", 9092, null, Reading.known(Map.of()))),
                IntStream.range(0, topics)
                        .mapToObj(number -> topic("topic." + number, partitions))
                        .toList(),
                Reading.known(List.of()),
                new AclReading.Rules(IntStream.range(0, acls)
                        .mapToObj(number -> rule("topic." + number))
                        .toList()),
                Reading.known(IntStream.range(0, quotas)
                        .mapToObj(number -> quota(number, 2.0))
                        .toList()),
                Reading.unreadable("the source is not asked"));
    }

    private static TopicInventory topic(String name, int partitions) {
        List<PartitionInventory> all = IntStream.range(0, partitions)
                .mapToObj(index -> new PartitionInventory(index, 1, 3, 3, new OffsetSpan(0, 7, 7), 100L))
                .toList();
        return new TopicInventory(new TopicName(name), false, all, Map.of(), Map.of("max.message.bytes", "1048588"));
    }

    private static AclRule rule(String topic) {
        return new AclRule("TOPIC", topic, "LITERAL", "User:ann", "*", "READ", "ALLOW");
    }

    private static QuotaRule quota(int user, double rate) {
        return new QuotaRule(Map.of("user", "user-" + user), Map.of("producer_byte_rate", rate));
    }

    private static TopologyStep creation(String topic, int partitions) {
        return new CreateTopic(new TopicName(topic), partitions, 3, Map.of());
    }

    private static int items(FakeTargetAdmin target, String kind) {
        return of(target, kind).stream().mapToInt(Request::items).sum();
    }

    private static int requests(FakeTargetAdmin target, String kind) {
        return of(target, kind).size();
    }

    private static List<Request> of(FakeTargetAdmin target, String kind) {
        return target.requests().stream()
                .filter(request -> request.kind().equals(kind))
                .toList();
    }
}
