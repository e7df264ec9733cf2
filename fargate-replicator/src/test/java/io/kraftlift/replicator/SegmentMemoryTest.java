package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class SegmentMemoryTest {
    private static final int BLOCK = 1000;

    private final SegmentMemory memory = new SegmentMemory(BLOCK);

    @Test
    void smallSegmentsOnTheirWayHoldNoMoreThanTheirOwnBytes() {
        List<SegmentMemory.Finished> onTheirWay = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            onTheirWay.add(filled(memory.take(), 20));
        }

        assertThat(onTheirWay).allSatisfy(segment -> {
            assertThat(segment.block()).isNull();
            assertThat(segment.content().array()).hasSize(20);
        });
    }

    @Test
    void aSmallSegmentKeepsItsBytesWhenItsBlockIsFilledAgain() {
        byte[] block = memory.take();
        SegmentMemory.Finished small = filled(block, 20);
        byte[] again = memory.take();
        Arrays.fill(again, (byte) 99);

        assertThat(again).isSameAs(block);
        assertThat(small.content().remaining()).isEqualTo(20);
        assertThat(small.content().get(19)).isEqualTo((byte) 19);
    }

    @Test
    void aWellFilledBlockIsUsedAgainOnlyOnceItIsGivenBack() {
        SegmentMemory.Finished large = filled(memory.take(), 800);
        byte[] block = Objects.requireNonNull(large.block());

        assertThat(memory.take()).isNotSameAs(block);
        assertThat(block).isSameAs(large.content().array());
        memory.giveBack(block);
        assertThat(memory.take()).isSameAs(block);
    }

    @Test
    void whatASegmentGrewIntoIsNoBlock() {
        SegmentMemory.Finished grown = filled(new byte[2 * BLOCK], 1900);

        assertThat(grown.block()).isNull();
        assertThat(grown.content().remaining()).isEqualTo(1900);
    }

    private SegmentMemory.Finished filled(byte[] block, int bytes) {
        for (int i = 0; i < bytes; i++) {
            block[i] = (byte) i;
        }
        return memory.finish(ByteBuffer.wrap(block, 0, bytes), block);
    }
}
