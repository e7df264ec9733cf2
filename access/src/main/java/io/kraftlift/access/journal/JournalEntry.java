package io.kraftlift.access.journal;

import io.kraftlift.core.migration.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One line of the account, as in {@code seed -> tail} or {@code tail -> drain_ready max_partition_lag=0}.
 *
 * @param number dense, from 0
 * @param from the phase before; null for the first entry
 * @param to the phase after; equal to {@code from} for an event within a phase
 * @param what a constant sentence
 * @param facts numbers and names, no record contents and no tokens
 */
public record JournalEntry(
        long number, Instant at, @Nullable Phase from, Phase to, String what, Map<String, String> facts) {
    public JournalEntry {
        facts = java.util.Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /**
     * The entry as a line: {@code 2026-04-25T06:26:19.079610Z tail -> drain_ready: max_partition_lag=0}. What happened is
     * named where it is not the name of the phase.
     */
    public String line() {
        StringBuilder line = new StringBuilder(at.toString()).append(' ');
        if (from != null && from != to) {
            line.append(from.word()).append(" -> ");
        }
        line.append(to.word());
        if (!what.equals(to.word())) {
            line.append(' ').append(what);
        }
        String separator = ": ";
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            line.append(separator).append(fact.getKey()).append('=').append(fact.getValue());
            separator = " ";
        }
        return line.toString();
    }
}
