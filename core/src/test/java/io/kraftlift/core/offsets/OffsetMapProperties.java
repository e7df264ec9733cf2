package io.kraftlift.core.offsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.kraftlift.core.topics.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OffsetMapProperties {
    private static final long START = 5;
    private static final long TARGET = 2;

    /** The naive model: the source offsets of all records, in order, and the end. */
    private static final class Model {
        private final List<Long> records = new ArrayList<>();
        private long end = START;
        private final OffsetMap map =
                new OffsetMap(PartitionId.of("t", 0), SourceOffset.of(START), TargetOffset.of(TARGET));

        /** A step of 0 is a hole at the end; any other is records after a hole of its third. */
        Model(List<Integer> steps) {
            for (int step : steps) {
                if (step == 0) {
                    end += 2;
                    map.advance(end);
                    continue;
                }
                long first = end + step % 3;
                for (long offset = first; offset < first + step; offset++) {
                    records.add(offset);
                }
                end = first + step;
                map.append(first, step);
            }
        }

        String translate(long committed, long limit) {
            long believed = Math.min(limit, end);
            if (committed < START) {
                return "below " + TARGET;
            }
            if (committed > believed) {
                return "unknown";
            }
            long target = TARGET + records.stream().filter(r -> r < committed).count();
            boolean more = records.stream().anyMatch(r -> r >= committed && r < believed);
            if (!more) {
                return "end " + target;
            }
            return (records.contains(committed) ? "exact " : "next ") + target;
        }
    }

    @Test
    void answersLikeTheListOfAllRecordsUpToAnyLimit() {
        qt().forAll(
                        lists().of(integers().between(0, 5)).ofSizeBetween(0, 9),
                        integers().between(0, 40))
                .checkAssert((steps, limit) -> {
                    Model model = new Model(steps);
                    for (long committed = 0; committed <= model.end + 2; committed++) {
                        assertThat(answer(model.map.translate(SourceOffset.of(committed), SourceOffset.of(limit))))
                                .isEqualTo(model.translate(committed, limit));
                    }
                });
    }

    @Test
    void survivesBeingWrittenAndRead() {
        qt().forAll(lists().of(integers().between(0, 5)).ofSizeBetween(0, 9)).checkAssert(steps -> {
            Model model = new Model(steps);
            OffsetMap read = OffsetMapFormat.read(OffsetMapFormat.write(model.map), "t.map");
            assertThat(read.runs()).isEqualTo(model.map.runs());
            for (long committed = 0; committed <= model.end + 1; committed++) {
                assertThat(answer(read.translate(SourceOffset.of(committed))))
                        .isEqualTo(model.translate(committed, Long.MAX_VALUE));
            }
        });
    }

    private static String answer(Translation translation) {
        return translation.fold(new Translation.Cases<>(
                exact -> "exact " + exact.target(),
                survivor -> "next " + survivor.target(),
                end -> "end " + end.target(),
                below -> "below " + below.first(),
                unknown -> "unknown"));
    }
}
