package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.TryAgain;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** Three batches of ten records, with a clock that the test moves. */
final class PartitionQueueTest {
    private static final Node BROKER = new Node(1, "nowhere", 1);
    private static final Node OTHER = new Node(2, "nowhere", 2);

    private final List<DurableSegment> segments = new ArrayList<>();
    private long now;
    private final PartitionQueue queue = queue();

    @Test
    void hasOneBatchInFlightUntilTheBrokerKnowsTheProducer() {
        Outgoing first = queue.next(BROKER);
        assertThat(queue.maySend()).isFalse();

        landed(first);
        queue.next(BROKER);
        assertThat(queue.maySend()).isTrue();
        queue.next(BROKER);
        assertThat(segments.get(0).landed()).isTrue();
    }

    @Test
    void hasOneBatchInFlightAfterAnIdleHour() {
        landed(queue.next(BROKER));
        now += Duration.ofHours(1).toNanos();

        queue.next(BROKER);
        assertThat(queue.maySend()).isFalse();
    }

    @Test
    void sendsAgainInOrderOnceNothingIsInFlight() {
        landed(queue.next(BROKER));
        Outgoing second = queue.next(BROKER);
        Outgoing third = queue.next(BROKER);
        queue.again(second, Errors.NETWORK_EXCEPTION);
        assertThat(queue.regroup()).isFalse();
        assertThat(queue.maySend()).isFalse();
        queue.again(third, Errors.NETWORK_EXCEPTION);
        assertThat(queue.regroup()).isTrue();
        assertThat(queue.maySend()).as("at once").isFalse();

        later();
        queue.settled(10);
        assertThat(queue.next(BROKER)).isSameAs(second);
        assertThat(queue.maySend()).as("beside the first after a failure").isFalse();
        landed(second);
        assertThat(queue.next(BROKER)).isSameAs(third);
    }

    /** A broker that was restarted may have forgotten our producer, and would take the batch a second time. */
    @Test
    void readsTheTargetAfterALostConnection() {
        landed(queue.next(BROKER));
        queue.again(queue.next(BROKER), Errors.NETWORK_EXCEPTION);
        queue.regroup();

        later();
        assertThat(queue.maySend()).isFalse();
        assertThat(queue.mayBeSettled()).isTrue();
    }

    /** What is in flight while the target is read would look like somebody else's. */
    @Test
    void sendsNothingWhileItIsNotKnownWhatTheTargetHas() {
        landed(queue.next(BROKER));
        Outgoing second = queue.next(BROKER);
        queue.again(second, Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        queue.regroup();
        assertThat(queue.mayBeSettled()).as("at once").isFalse();

        later();
        assertThat(queue.maySend()).isFalse();
        assertThat(queue.mayBeSettled()).isTrue();
        assertThat(queue.unsent()).extracting(Step.Send::targetBase).containsExactly(10L, 20L);

        queue.settled(20);
        assertThat(segments.get(1).landed()).isTrue();
        assertThat(segments.get(2).landed()).isFalse();
        assertThat(queue.mayBeSettled()).isFalse();
        assertThat(queue.maySend()).isTrue();
    }

    @Test
    void waitsForWhatIsInFlightBeforeItReadsTheTarget() {
        landed(queue.next(BROKER));
        Outgoing second = queue.next(BROKER);
        queue.next(BROKER);
        queue.again(second, Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        queue.regroup();

        later();
        assertThat(queue.mayBeSettled()).isFalse();
    }

    @Test
    void goesToAnotherBrokerOnlyWhenNothingIsInFlight() {
        Outgoing first = queue.next(BROKER);
        assertThat(queue.mayGoTo(OTHER)).isFalse();

        landed(first);
        assertThat(queue.mayGoTo(OTHER)).isTrue();
    }

    @Test
    void givesUpAPartitionThatAcceptsNothingForAMinute() {
        Outgoing first = queue.next(BROKER);
        assertThatThrownBy(() -> {
                    for (int second = 0; second < 62; second++) {
                        queue.again(first, Errors.NOT_LEADER_OR_FOLLOWER);
                        now += Duration.ofSeconds(1).toNanos();
                    }
                })
                .isInstanceOfSatisfying(TryAgain.class, again -> {
                    assertThat(again.failureName()).isEqualTo(FailureName.BROKER_UNREACHABLE);
                    assertThat(again).hasMessageContaining("orders-0 on the target accepts nothing");
                });
    }

    private void landed(Outgoing outgoing) {
        queue.landed(outgoing);
        queue.regroup();
    }

    private void later() {
        now += Duration.ofMillis(50).toNanos();
    }

    private PartitionQueue queue() {
        PartitionQueue made = new PartitionQueue(0, "orders-0 on the target", () -> now);
        for (long number = 0; number < 3; number++) {
            Step.Send send = new Step.Send(0, List.of(), 10 * number + 10, ByteBuffer.allocate(61), 10 * number, 10);
            DurableSegment segment = new DurableSegment(number, List.of(send), Map.of());
            segments.add(segment);
            made.add(new Outgoing(send, segment));
        }
        return made;
    }
}
