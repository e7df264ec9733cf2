package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.LanePlan;
import io.kraftlift.core.lanes.ReplicationMode;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Over a source that says what the test lets it say, with a clock that moves by half a second at each look. */
final class SourceWatchTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final TopicName BILLS = new TopicName("bills");
    private static final Uuid PLANNED = new Uuid(7, 7);
    private static final Uuid OTHER = new Uuid(8, 8);

    /** With {@link LaneHarness#quick}, a topic must be gone for two seconds: for five looks. */
    private static final int LOOKS_TO_AN_END = 5;

    private final Map<TopicName, Uuid> there = new HashMap<>(Map.of(ORDERS, PLANNED, BILLS, PLANNED));
    private final List<String> heard = new ArrayList<>();
    private final SourceWatch watch = watch();
    private boolean informed = true;
    private boolean silent;
    private long now;

    @Test
    void endsATopicOnlyAfterItWasGoneForAWhileInEveryLook() {
        watch.begin(this::ask);
        there.remove(BILLS);

        look(LOOKS_TO_AN_END - 1);
        assertThat(watch.trusts(2)).as("nothing of it is read in doubt").isFalse();
        assertThat(watch.trusts(0)).isTrue();
        assertThat(heard).isEmpty();

        look(1);
        assertThat(heard).containsExactly("2 DELETED");
        assertThat(watch.isOver(2)).isTrue();
        assertThat(watch.isOver(0)).isFalse();
    }

    @Test
    void takesAMomentsAbsenceForNothingMore() {
        watch.begin(this::ask);
        for (int round = 0; round < 3; round++) {
            there.remove(BILLS);
            look(LOOKS_TO_AN_END - 1);
            there.put(BILLS, PLANNED);
            look(1);
        }

        assertThat(heard).containsExactly("bills", "bills", "bills");
        assertThat(watch.trusts(2)).isTrue();
    }

    @Test
    void believesNoBrokerThatKnowsNoCluster() {
        watch.begin(this::ask);
        there.clear();
        informed = false;

        look(3 * LOOKS_TO_AN_END);

        assertThat(heard).isEmpty();
        assertThat(watch.trusts(0)).isFalse();
    }

    @Test
    void countsAnewAfterAnAnswerThatDidNotCome() {
        watch.begin(this::ask);
        there.remove(BILLS);
        look(LOOKS_TO_AN_END - 1);
        silent = true;
        look(1);
        silent = false;

        look(LOOKS_TO_AN_END - 1);
        assertThat(heard).isEmpty();
        look(1);
        assertThat(heard).containsExactly("2 DELETED");
    }

    @Test
    void endsATopicThatWasMadeAnew() {
        watch.begin(this::ask);
        there.put(ORDERS, OTHER);

        look(LOOKS_TO_AN_END);

        assertThat(heard).containsExactly("0 REMADE", "1 REMADE");
    }

    @Test
    void trustsNothingWhileTheMetadataShowAnotherTopic() {
        watch.begin(this::ask);
        watch.shown(2, new TopicId(OTHER.toString()));
        look(2);
        assertThat(watch.trusts(2)).isFalse();

        watch.shown(2, new TopicId(PLANNED.toString()));
        look(1);
        assertThat(watch.trusts(2)).isTrue();
    }

    @Test
    void leavesOutWhatIsNotThereAtTheBeginning() {
        there.remove(BILLS);

        assertThat(watch.begin(this::ask)).containsExactly(BILLS);

        there.put(BILLS, PLANNED);
        look(1);
        assertThat(heard).containsExactly("bills");
    }

    @Test
    void givesUpADoubtAboutASourceThatIsSilentForAMinute() {
        watch.begin(this::ask);
        watch.doubt(0);
        silent = true;

        assertThatThrownBy(() -> look(130)).isInstanceOf(TryAgain.class);
    }

    private void look(int looks) {
        for (int look = 0; look < looks; look++) {
            now += Duration.ofMillis(500).toNanos();
            watch.look();
            watch.look();
        }
    }

    private SourceWatch.Answer ask(Collection<TopicName> topics) {
        Map<TopicName, TopicDescription> known = new HashMap<>();
        for (TopicName topic : topics) {
            Uuid id = there.get(topic);
            if (id != null) {
                known.put(topic, description(topic, id));
            }
        }
        ClusterLogs.Topics answer = new ClusterLogs.Topics(informed, known);
        boolean lost = silent;
        return new SourceWatch.Answer() {
            @Override
            public boolean isDone() {
                return true;
            }

            @Override
            public ClusterLogs.Topics await() {
                if (lost) {
                    throw new TryAgain(FailureName.BROKER_UNREACHABLE, "no answer");
                }
                return answer;
            }
        };
    }

    private static TopicDescription description(TopicName topic, Uuid id) {
        List<TopicPartitionInfo> partitions = new ArrayList<>();
        for (int index = 0; index < (topic.equals(ORDERS) ? 2 : 1); index++) {
            partitions.add(new TopicPartitionInfo(index, new Node(0, "nowhere", 1), List.of(), List.of()));
        }
        return new TopicDescription(topic.value(), false, partitions, Set.of(), id);
    }

    private SourceWatch watch() {
        List<LanePartition> planned = new ArrayList<>();
        for (PartitionId id :
                List.of(new PartitionId(ORDERS, 0), new PartitionId(ORDERS, 1), new PartitionId(BILLS, 0))) {
            planned.add(
                    new LanePartition(id, SourceOffset.of(0), SourceOffset.of(0), 0, new TopicId(PLANNED.toString())));
        }
        LaneWork work = new LaneWork(
                new LanePlan(new LaneId(0), planned),
                ReplicationMode.TAIL,
                UUID.randomUUID(),
                LaneHarness.config("nowhere:1", "nowhere:2", LaneHarness.SEED),
                new InMemoryObjectStore(),
                new MigrationObjects(new MigrationId("watched")),
                Surroundings.real(),
                LaneHarness.quick());
        return new SourceWatch(
                work,
                new BitSet(),
                new SourceWatch.Listener() {
                    @Override
                    public void trusted(TopicName topic) {
                        heard.add(topic.value());
                    }

                    @Override
                    public void over(int slot, TopicEnd why) {
                        heard.add(slot + " " + why);
                    }
                },
                () -> now);
    }
}
