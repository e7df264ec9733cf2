package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.PartitionProgress;
import io.kraftlift.core.offsets.OffsetMap;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.Translation;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** Invariants A to F of {@code docs/formats.md}, seen from outside once a lane is drained. */
final class Invariants {
    private final LaneHarness lane;

    Invariants(LaneHarness lane) {
        this.lane = lane;
    }

    /** Every record once and in order on the target, the checkpoint exact, the offset map exact for every offset. */
    void holdAt(Map<PartitionId, SourceOffset> ends) {
        b_segmentsAreDense();
        Checkpoint checkpoint = lane.checkpoint();
        for (LanePartition planned : lane.plan.partitions()) {
            PartitionId id = planned.partition();
            TopicPartition partition = new TopicPartition(id.topic().value(), id.index());
            long end = Objects.requireNonNull(ends.get(id)).value();
            List<ReferenceReader.Seen> source = ReferenceReader.read(
                    lane.clusters.source().bootstrapServers(),
                    partition,
                    planned.seedFrom().value(),
                    end);
            PartitionProgress progress =
                    Objects.requireNonNull(checkpoint.partitions().get(id));
            long targetEnd = progress.targetNext().value();
            long targetStart = targetEnd - progress.records();
            List<ReferenceReader.Seen> target =
                    ReferenceReader.read(lane.clusters.target().bootstrapServers(), partition, targetStart, targetEnd);
            c_targetHasTheSameRecords(id, source, target);
            d_checkpointNamesWhatIsThere(id, progress, SourceOffset.of(end), source.size());
            e_mapAnswersExactly(id, source, targetStart, end);
        }
    }

    private void b_segmentsAreDense() {
        List<String> names = lane.store.list(lane.objects.lane(lane.plan.lane())).stream()
                .map(summary -> summary.key().value())
                .toList();
        for (int number = 0; number < names.size(); number++) {
            assertThat(names.get(number))
                    .as("B")
                    .isEqualTo(lane.objects.segment(lane.plan.lane(), number).value());
        }
    }

    private static void c_targetHasTheSameRecords(
            PartitionId id, List<ReferenceReader.Seen> source, List<ReferenceReader.Seen> target) {
        assertThat(ReferenceReader.contents(target))
                .as("C: records of %s", id)
                .isEqualTo(ReferenceReader.contents(source));
    }

    private static void d_checkpointNamesWhatIsThere(
            PartitionId id, PartitionProgress progress, SourceOffset end, int records) {
        assertThat(progress.sourceNext()).as("D: %s", id).isEqualTo(end);
        assertThat(progress.records()).as("D: %s", id).isEqualTo(records);
    }

    private void e_mapAnswersExactly(PartitionId id, List<ReferenceReader.Seen> source, long targetStart, long end) {
        OffsetMap map = lane.map(id);
        int next = 0;
        for (long offset = map.copiedFrom().value(); offset <= end; offset++) {
            while (next < source.size() && source.get(next).offset() < offset) {
                next++;
            }
            assertThat(answer(map.translate(SourceOffset.of(offset))))
                    .as("E: %s at %d", id, offset)
                    .isEqualTo(expected(source, next, offset, targetStart));
        }
        assertThat(map.translate(SourceOffset.of(end + 1))).as("E").isInstanceOf(Translation.Unknown.class);
    }

    private static String expected(List<ReferenceReader.Seen> source, int next, long offset, long targetStart) {
        String target = " " + (targetStart + next);
        if (next == source.size()) {
            return "end" + target;
        }
        return (source.get(next).offset() == offset ? "exact" : "next") + target;
    }

    private static String answer(Translation translation) {
        return translation.fold(new Translation.Cases<>(
                exact -> "exact " + exact.target(),
                survivor -> "next " + survivor.target(),
                end -> "end " + end.target(),
                below -> "below " + below.first(),
                unknown -> unknown.why()));
    }
}
