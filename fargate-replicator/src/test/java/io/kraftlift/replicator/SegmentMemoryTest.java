package io.kraftlift.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SegmentMemoryTest {
    private static final int BLOCK = 1000;

    private final SegmentMemory memory = new SegmentMemory(BLOCK);

    @Test
    void smallSegmentsOnTheirWayHoldNoMoreThanTheirOwnBytes() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            assertThat(filled(taken(), 20).memory()).hasSize(20);
        }
    }

    @Test
    void aSmallSegmentKeepsItsBytesWhenItsBlockIsFilledAgain() throws InterruptedException {
        byte[] block = taken();
        ByteBuffer small = filled(block, 20).content();
        byte[] again = taken();
        Arrays.fill(again, (byte) 99);

        assertThat(again).isSameAs(block);
        assertThat(small.remaining()).isEqualTo(20);
        assertThat(small.get(19)).isEqualTo((byte) 19);
    }

    @Test
    void aWellFilledBlockIsUsedAgainOnlyOnceItIsGivenBack() throws InterruptedException {
        byte[] block = taken();
        SegmentMemory.Finished large = filled(block, 800);

        assertThat(taken()).isNotSameAs(block);
        assertThat(large.memory()).isSameAs(block);
        memory.giveBack(block);
        assertThat(taken()).isSameAs(block);
    }

    @Test
    void whatASegmentGrewIntoIsNoBlock() throws InterruptedException {
        taken();
        byte[] grown = new byte[2 * BLOCK];

        assertThat(filled(grown, 1900).memory()).isSameAs(grown);
        memory.giveBack(grown);
        assertThat(taken()).hasSize(BLOCK);
    }

    @Test
    void aFifthBlockIsGivenOutWhenSomethingLanded() throws Exception {
        byte[] first = taken();
        filled(first, 800);
        for (int i = 0; i < 3; i++) {
            filled(taken(), 800);
        }
        assertThat(memory.take(1)).isNull();

        CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return Objects.requireNonNull(memory.take(TimeUnit.MINUTES.toMillis(3)));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        memory.giveBack(first);

        assertThat(waiting.get(3, TimeUnit.MINUTES)).isSameAs(first);
    }

    @Test
    void aSegmentThatIsLargerThanTheBoundLetsOneMoreBeginOnceItHasLanded() throws InterruptedException {
        taken();
        byte[] huge = new byte[10 * BLOCK];
        filled(huge, 9_000);

        assertThat(memory.take(1)).isNull();
        memory.giveBack(huge);
        assertThat(memory.take(1)).isNotNull();
    }

    /** Small, large and grown segments in any order, landing in the order of their numbers. */
    @Test
    void segmentsAndUnusedBlocksTogetherStayBelowTheBound() throws InterruptedException {
        Random random = new Random(7);
        Deque<byte[]> onTheirWay = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] block = memory.take(1);
            if (block == null) {
                memory.giveBack(onTheirWay.remove());
                continue;
            }
            onTheirWay.add(filled(block, 1 + random.nextInt(BLOCK)).memory());
            while (!onTheirWay.isEmpty() && random.nextInt(3) == 0) {
                memory.giveBack(onTheirWay.remove());
            }
            long used = onTheirWay.stream().mapToLong(segment -> segment.length).sum();
            assertThat(used + memory.unusedBytes()).isLessThanOrEqualTo(4L * BLOCK);
        }
    }

    private byte[] taken() throws InterruptedException {
        return Objects.requireNonNull(memory.take(1));
    }

    private SegmentMemory.Finished filled(byte[] block, int bytes) {
        for (int i = 0; i < bytes; i++) {
            block[i] = (byte) i;
        }
        return memory.finish(ByteBuffer.wrap(block, 0, bytes), block);
    }
}
