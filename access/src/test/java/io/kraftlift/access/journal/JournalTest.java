package io.kraftlift.access.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.testkit.stores.InMemoryObjectStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final Instant SIX = Instant.parse("2026-04-25T06:26:19.079610Z");

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Journal journal = journal();

    @Test
    void writesTheRunbooksLines() {
        journal.append(Phase.PLANNED, "migration claimed", Map.of());
        journal.append(Phase.SEED, "seed", Map.of());
        journal.append(Phase.TAIL, "tail", Map.of());
        journal.append(
                Phase.DRAIN_READY,
                "drain_ready",
                Map.of("max_partition_lag", "0", "replayed_bytes", "90", "replayed_records", "2"));
        journal.append(Phase.DRAIN_READY, "cutover approved", Map.of("approver", "ana"));
        journal.append(Phase.CUTOVER, "freeze", Map.of());
        journal.append(Phase.AWAITING_CLIENT_SWITCH, "READY_FOR_CLIENT_SWITCH", Map.of("groups_translated", "3"));

        assertThat(journal.entries().stream().map(JournalEntry::line))
                .containsExactly(
                        SIX + " planned migration claimed",
                        SIX + " planned -> seed",
                        SIX + " seed -> tail",
                        SIX + " tail -> drain_ready: max_partition_lag=0 replayed_bytes=90 replayed_records=2",
                        SIX + " drain_ready cutover approved: approver=ana",
                        SIX + " drain_ready -> cutover freeze",
                        SIX + " cutover -> awaiting_client_switch READY_FOR_CLIENT_SWITCH: groups_translated=3");
    }

    @Test
    void leavesOutWhatARepeatedStepSaysAgain() {
        JournalEntry first = journal.append(Phase.SEED, "seed", Map.of("attempt", "1"));

        assertThat(journal.append(Phase.SEED, "seed", Map.of("attempt", "2"))).isEqualTo(first);
        assertThat(journal.entries()).containsExactly(first);
    }

    @Test
    void keepsEveryEntryOfManyWritersAtOnceDenseAndUnchanged() throws Exception {
        int writers = 12;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<JournalEntry>> appends = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                String what = "event of writer " + writer;
                appends.add(() -> journal().append(Phase.TAIL, what, Map.of()));
            }
            List<JournalEntry> written = new ArrayList<>();
            for (Future<JournalEntry> append : threads.invokeAll(appends)) {
                written.add(append.get());
            }

            assertThat(journal.entries()).containsExactlyInAnyOrderElementsOf(written);
            assertThat(journal.entries().stream().map(JournalEntry::number))
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        } finally {
            threads.shutdownNow();
        }
    }

    private Journal journal() {
        return new Journal(store, new MigrationObjects(new MigrationId("m1")), Clock.fixed(SIX, ZoneOffset.UTC));
    }
}
