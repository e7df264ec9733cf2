package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.PartitionId;
import java.util.List;

/** W06, W11: logs that are hard to copy. */
final class LogRules {
    private LogRules() {}

    static void check(List<TopicInventory> moving, PrecheckFacts facts, List<Finding> findings) {
        oldFormats(facts, findings);
        facts.logs()
                .retention()
                .fold(
                        looks -> findings.addAll(new RetentionRace(moving, CopyPace.of(facts.seed())).findings(looks)),
                        why -> findings.add(Finding.unchecked(PrecheckCode.W06, "source", why)));
    }

    private static void oldFormats(PrecheckFacts facts, List<Finding> findings) {
        facts.logs()
                .oldFormats()
                .fold(
                        old -> old.isEmpty()
                                || findings.add(Finding.of(
                                        PrecheckCode.W11,
                                        Names.of(old.stream()
                                                .map(PartitionId::toString)
                                                .toList()),
                                        old.size()
                                                + " partitions begin with batches of message format 0 or 1, from before"
                                                + " Kafka 0.11; they are taken apart and put together again, which is slow",
                                        "Nothing to do; plan more time for the copy. A message.format.version below 0.11 on"
                                                + " these topics keeps new records in that format: raise it.")),
                        why -> findings.add(Finding.unchecked(PrecheckCode.W11, "source", why)));
    }
}
