package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.statemachine.Gate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The patterns that permissions are made of, against the keys that are really written. */
class StorePartTest {
    private final MigrationObjects objects = new MigrationObjects(new MigrationId("orders"));

    @Test
    void standForTheKeysOfTheirPartAndOfNoOther() {
        only(StorePart.PLAN, objects.plan("lanes.json"));
        only(StorePart.RESULTS, objects.result("freeze"));
        only(StorePart.JOURNAL, objects.journalEntry(3));
        only(StorePart.LEASE, objects.lease());
        only(StorePart.CONTROL, objects.control());
        only(StorePart.STATUS, objects.status(new LaneId(2)));
        only(StorePart.CHECKPOINTS, objects.checkpoint(new LaneId(2)));
        only(StorePart.OFFSET_MAPS, objects.offsetMap(PartitionId.of("payments", 7)));
        only(StorePart.SEGMENTS, objects.segment(new LaneId(2), 5));
        only(StorePart.LANE_LEASES, objects.laneLease(new LaneId(2)));
        only(StorePart.PROBE, objects.evidence("precheck-probe.json"));
        only(StorePart.ROLLBACK, objects.evidence("rollback.json"));
        only(StorePart.ROLLBACK, new MigrationObjects(objects.migration(), 1).rollback());
        only(StorePart.SEGMENTS, new MigrationObjects(objects.migration(), 1).segment(new LaneId(2), 5));
        only(StorePart.RESULTS, new MigrationObjects(objects.migration(), 12).result("freeze"));
        only(StorePart.BUNDLES, objects.evidence("evidence.json"));
        only(StorePart.BUNDLES, objects.evidence("evidence-2.json"));
        only(StorePart.BUNDLES, objects.evidence("report.html"));
        only(StorePart.HISTORIES, objects.evidence("history-night-1.json"));
        only(StorePart.HISTORIES, objects.evidence("history-night-1-redrive-1.json"));
        only(StorePart.PLAN, objects.extension(1));
        only(StorePart.CONFIGURATION, objects.configuration(Sha256.of(new byte[] {1})));
    }

    @Test
    void keepTokensAndDecisionsApart() {
        for (Gate gate : Gate.values()) {
            only(StorePart.TOKENS, objects.gate(gate.objectName()));
            only(StorePart.DECISIONS, objects.gate(gate.decisionName()));
        }
    }

    /** A topic's name is somebody's choice, and stands in the key of its offset maps. */
    @Test
    void areNotReachedByATopicThatHasTheNameOfAFolder() {
        for (String folder : List.of(
                "plan",
                "results",
                "journal",
                "lease.json",
                "control",
                "status",
                "checkpoints",
                "offsets",
                "lanes",
                "leases",
                "gates",
                "configurations",
                "config")) {
            only(StorePart.OFFSET_MAPS, objects.offsetMap(PartitionId.of(folder, 0)));
        }
    }

    private static void only(StorePart part, ObjectKey key) {
        for (String prefix : List.of("", "a/prefix/")) {
            assertThat(Arrays.stream(StorePart.values()).filter(other -> matches(other, prefix + key.value())))
                    .as(prefix + key.value())
                    .containsExactly(part);
        }
    }

    /** As IAM does: an asterisk stands for anything, slashes included. */
    private static boolean matches(StorePart part, String key) {
        return part.patterns().stream()
                .map(pattern -> Pattern.compile(Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b)
                        .orElseThrow()))
                .anyMatch(pattern -> pattern.matcher(key).matches());
    }
}
