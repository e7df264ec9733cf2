package io.kraftlift.replicator;

import io.kraftlift.core.failures.InvariantBroken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether somebody else writes to the lane's partitions on the target (invariant C). A partition that has a batch to
 * send shows it by that batch's base offset; one that has none shows it here, by a log end beyond everything that was handed
 * to the sending thread by the time of the comparison, which is after the log end was read.
 *
 * <p>Mutable; one thread hands on, one other looks.
 */
final class TargetWatch {
    /** An answer costs a broker some microseconds a partition. */
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Much less than a lease holds: the thread that looks renews it. */
    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Target target;
    private final Landing landing;
    private final AtomicLongArray handedOn;
    private long askedAt;
    private @Nullable Future<long[]> asked;

    /** Who is asked. */
    interface Target {
        /** Every partition's log end, by slot, as the target will answer. */
        Future<long[]> endsLater();

        /** The failure for bytes on the target that are not the lane's. */
        InvariantBroken foreign(int slot, long first, long last);

        /**
         * Requires that the log has not lost what was there.
         *
         * @throws InvariantBroken LOG_TRUNCATED when {@code end} is below {@code durable}
         */
        void requireNotBelow(int slot, long end, long durable);
    }

    /**
     * Of a lane as it was opened.
     *
     * @param handedOn by slot, the target offset up to which everything was handed to the sending thread
     * @param now like System.nanoTime
     */
    TargetWatch(Target target, Landing landing, long[] handedOn, long now) {
        this.target = target;
        this.landing = landing;
        this.handedOn = new AtomicLongArray(handedOn);
        this.askedAt = now;
    }

    /** Must be told of a segment before any batch of it is sent. */
    void handedOn(DurableSegment segment) {
        segment.after()
                .forEach((slot, progress) ->
                        handedOn.set(slot, progress.targetNext().value()));
    }

    /**
     * Asks every few seconds, and compares when there is an answer; never waits. No answer is no finding: it is asked for
     * again.
     *
     * @throws InvariantBroken FOREIGN_WRITER
     */
    void glance(long now) {
        Future<long[]> answer = asked;
        if (answer != null && answer.isDone()) {
            asked = null;
            ClusterLogs.answered(answer, Duration.ZERO).ifPresent(this::requireNothingForeign);
        } else if (answer == null && now - askedAt >= EVERY_NANOS) {
            askedAt = now;
            asked = target.endsLater();
        }
    }

    /**
     * Whether the target has everything that landed, and nothing else; false when it did not say within a moment.
     *
     * @throws InvariantBroken FOREIGN_WRITER or LOG_TRUNCATED
     */
    boolean showsTheCopyAlone() {
        Optional<long[]> ends = ClusterLogs.answered(target.endsLater(), MOMENT);
        ends.ifPresent(this::requireNothingForeign);
        ends.ifPresent(this::requireNothingGone);
        return ends.isPresent();
    }

    private void requireNothingForeign(long[] ends) {
        for (int slot = 0; slot < ends.length; slot++) {
            long landed = landing.targetNext(slot);
            if (landed == handedOn.get(slot) && ends[slot] > landed) {
                throw target.foreign(slot, landed, ends[slot] - 1);
            }
        }
    }

    private void requireNothingGone(long[] ends) {
        for (int slot = 0; slot < ends.length; slot++) {
            target.requireNotBelow(slot, ends[slot], landing.targetNext(slot));
        }
    }
}
