package io.kraftlift.lambdas.copytopology;

import io.kraftlift.access.kafka.TopicSettings;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.Hold;
import io.kraftlift.core.topology.HoldKind;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyStep.AlterTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Ends what topics on the target are held at while copying. Every call may be made again; it returns
 * when the brokers show the outcome. Only topics whose final settings differ from the held ones are touched.
 */
public final class HoldRelease {
    private HoldRelease() {}

    /**
     * What a call did.
     *
     * @param topics topics that were changed
     * @param settings settings of theirs that were changed
     * @param absent topics of the ledger that are not on the target, ascending
     */
    public record Outcome(int topics, int settings, List<TopicName> absent) {
        public Outcome {
            absent = List.copyOf(absent);
        }
    }

    /**
     * Restores what producers notice: compression, timestamps, message size. To be called right before clients may
     * produce to the target, with nothing left to copy.
     */
    public static Outcome releaseWriteHolds(MigrationRun run) throws InterruptedException {
        return apply(run, HoldKind.WRITE);
    }

    /** Restores retention and compaction. To be called when nothing reads the target's whole log any more. */
    public static Outcome releaseCleanupHolds(MigrationRun run) throws InterruptedException {
        return apply(run, HoldKind.CLEANUP);
    }

    private static Outcome apply(MigrationRun run, HoldKind kind) throws InterruptedException {
        List<Hold> holds = run.find(run.objects().result("topology"), TopologyLedger.class)
                .map(ledger -> ledger.holds(kind))
                .orElse(List.of());
        Map<TopicName, List<Hold>> byTopic = new TreeMap<>();
        holds.forEach(hold -> byTopic.computeIfAbsent(hold.topic(), topic -> new ArrayList<>())
                .add(hold));
        List<AlterTopic> changes = new ArrayList<>();
        byTopic.forEach((topic, ofTopic) -> changes.add(restored(topic, ofTopic)));
        if (changes.isEmpty()) {
            return new Outcome(0, 0, List.of());
        }
        Set<TopicName> absent =
                new TopicSettings(run.target(), run.surroundings().sleeper()::sleep).apply(changes);
        return new Outcome(
                changes.size() - absent.size(),
                (int) holds.stream()
                        .filter(hold -> !absent.contains(hold.topic()))
                        .count(),
                List.copyOf(absent));
    }

    private static AlterTopic restored(TopicName topic, List<Hold> holds) {
        Map<String, String> set = new TreeMap<>();
        List<String> removed = new ArrayList<>();
        for (Hold hold : holds) {
            String value = hold.restored();
            if (value == null) {
                removed.add(hold.key());
            } else {
                set.put(hold.key(), value);
            }
        }
        return new AlterTopic(topic, set, removed);
    }
}
