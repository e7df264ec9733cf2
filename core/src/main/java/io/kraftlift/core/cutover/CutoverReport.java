package io.kraftlift.core.cutover;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the cutover came to, {@code results/cutover.json}.
 *
 * @param attempt the freeze that was committed
 * @param frozenMillis from the call of the freeze to READY_FOR_CLIENT_SWITCH
 * @param partMillis the same, part by part; the parts add up to it
 */
public record CutoverReport(
        int attempt,
        CutoverTimeline timeline,
        long frozenMillis,
        Map<String, Long> partMillis,
        int partitions,
        int groupsTranslated,
        int offsetsCommitted,
        List<String> warnings) {
    public CutoverReport {
        partMillis = Map.copyOf(partMillis);
        warnings = List.copyOf(warnings);
    }

    /** The parts of a timeline. */
    public static Map<String, Long> partsOf(CutoverTimeline timeline) {
        Map<String, Long> parts = new LinkedHashMap<>();
        long start = timeline.freezeRequestedAt().toEpochMilli();
        parts.put("freeze", timeline.freezeProvenAt().toEpochMilli() - start);
        parts.put(
                "sentinels",
                timeline.sentinelsPublishedAt().toEpochMilli()
                        - timeline.freezeProvenAt().toEpochMilli());
        parts.put(
                "drain",
                timeline.drainedAt().toEpochMilli()
                        - timeline.sentinelsPublishedAt().toEpochMilli());
        parts.put(
                "groups",
                timeline.translatedAt().toEpochMilli() - timeline.drainedAt().toEpochMilli());
        parts.put(
                "floor",
                timeline.floorVerifiedAt().toEpochMilli()
                        - timeline.translatedAt().toEpochMilli());
        parts.put(
                "ready",
                timeline.readyAt().toEpochMilli() - timeline.floorVerifiedAt().toEpochMilli());
        return parts;
    }
}
