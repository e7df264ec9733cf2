package io.kraftlift.access.journal;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.metrics.MetricName.Detail;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectStore;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.StoredObject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Appends to, and reads, a migration's journal. Entries are dense and written once: of two writers of one number the
 * later reads the earlier's and takes the next number. Appending what the last entry already says (same phase and
 * sentence, and same execution where it names one) is how a repeated step looks, so such an entry is left out.
 */
public final class Journal {
    private static final String EXECUTION = "execution";

    private final ObjectStore store;
    private final MigrationObjects objects;
    private final Clock clock;
    private final MetricLines metrics;

    /** A journal that counts nothing. */
    public Journal(ObjectStore store, MigrationObjects objects, Clock clock) {
        this(store, objects, clock, MetricLines.SILENT);
    }

    public Journal(ObjectStore store, MigrationObjects objects, Clock clock, MetricLines metrics) {
        this.store = store;
        this.objects = objects;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Appends an entry that moves the migration to {@code to}; returns it, or the equal one that is already last. */
    public JournalEntry append(Phase to, String what, Map<String, String> facts) {
        while (true) {
            List<JournalEntry> entries = entries();
            @Nullable JournalEntry last = entries.isEmpty() ? null : entries.get(entries.size() - 1);
            if (last != null && isRepeated(last, to, what, facts)) {
                return last;
            }
            @Nullable Phase from = last == null ? null : last.to();
            JournalEntry entry = new JournalEntry(entries.size(), clock.instant(), from, to, what, facts);
            if (store.putIfAbsent(objects.journalEntry(entry.number()), ByteBuffer.wrap(Documents.write(entry)))) {
                if (from != to) {
                    metrics.say(Detail.PHASE, to.word(), Map.of(MetricName.PHASE_ENTERED, 1.0));
                }
                return entry;
            }
        }
    }

    private static boolean isRepeated(JournalEntry last, Phase to, String what, Map<String, String> facts) {
        return last.to() == to
                && last.what().equals(what)
                && Objects.equals(last.facts().get(EXECUTION), facts.get(EXECUTION));
    }

    /** Every entry, in order. */
    public List<JournalEntry> entries() {
        return entriesAfter(List.of());
    }

    /** Every entry, in order; those that were read before, which never change, are not read again. */
    public List<JournalEntry> entriesAfter(List<JournalEntry> known) {
        List<JournalEntry> entries = new ArrayList<>(known);
        List<ObjectSummary> all = store.list(objects.journal());
        for (ObjectSummary summary : all.subList(Math.min(known.size(), all.size()), all.size())) {
            StoredObject object = store.get(summary.key()).orElseThrow();
            entries.add(Documents.read(
                    object.content(), JournalEntry.class, summary.key().value()));
        }
        return entries;
    }
}
