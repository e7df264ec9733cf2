package io.kraftlift.core.validation;

import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.validation.TopicFacts.Origin;
import io.kraftlift.core.validation.TopicFacts.Setting;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Check 1: every planned topic is on the target with as many partitions and the same settings, and every partition of a
 * selected topic of the source was in a lane.
 *
 * <p>A topic that was deleted on the source during the migration is a warning; one that was made anew fails the check.
 *
 * <p>A setting that differs is a warning, because topics may have been on the target before with settings that were to be
 * kept. Where both sides have what their version has by default, the difference is that of the versions, and a note.
 * Settings that are still held for the copy are not compared: they are released afterwards.
 */
public final class TopicParity {
    private TopicParity() {}

    /**
     * Compares.
     *
     * @param planned the topics that were to be copied
     * @param coverage how the lanes fit the source's topics now
     * @param held names of settings that are still held, by topic
     */
    public static CheckResult check(
            Set<TopicName> planned,
            Coverage coverage,
            Map<TopicName, TopicFacts> source,
            Map<TopicName, TopicFacts> target,
            Map<TopicName, Set<String>> held) {
        Tally tally = new Tally(CheckName.TOPIC_PARITY)
                .count("topics_checked", planned.size())
                .count("topics_missing", 0)
                .count("partition_count_mismatches", 0)
                .count("partitions_in_no_lane", coverage.uncovered().size())
                .count("topics_deleted", coverage.deleted().size())
                .count("topics_remade", coverage.remade().size())
                .count("settings_different", 0)
                .count("settings_held", 0);
        coverage.uncovered()
                .forEach(partition -> tally.failed(
                        partition + ": is on the source, but no lane had it; its records were not copied"));
        for (TopicName topic : new TreeSet<>(planned)) {
            @Nullable TopicFacts here = source.get(topic);
            @Nullable TopicFacts there = target.get(topic);
            if (coverage.remade().contains(topic)) {
                tally.failed(
                        topic + ": was deleted on the source and made anew during the migration; nothing of the new"
                                + " one was copied");
                continue;
            }
            if (coverage.deleted().contains(topic) && there != null) {
                tally.warning(topic + ": was deleted on the source during the migration, so that there is nothing to"
                        + " compare it with");
                continue;
            }
            if (here == null || there == null) {
                tally.count("topics_missing", 1);
                tally.failed(topic + ": is not on the " + (here == null ? "source any more" : "target"));
                continue;
            }
            compare(topic, here, there, tally);
            Set<String> heldHere = held.getOrDefault(topic, Set.of());
            tally.count("settings_held", heldHere.size());
            here.settings().forEach((name, setting) -> {
                if (!heldHere.contains(name)) {
                    compareSetting(topic + " " + name, setting, there.settings().get(name), tally);
                }
            });
        }
        if (planned.isEmpty()) {
            tally.failed("the plan has no topics, so nothing was shown");
        }
        return tally.result();
    }

    private static void compare(TopicName topic, TopicFacts here, TopicFacts there, Tally tally) {
        if (here.partitions() != there.partitions()) {
            tally.count("partition_count_mismatches", 1);
            tally.failed(topic + ": " + here.partitions() + " partitions on the source, " + there.partitions()
                    + " on the target");
        }
        if (here.replicationFactor() != there.replicationFactor()) {
            tally.note(topic + ": replication factor " + here.replicationFactor() + " on the source, "
                    + there.replicationFactor() + " on the target");
        }
    }

    private static void compareSetting(String place, Setting here, @Nullable Setting there, Tally tally) {
        if (there == null) {
            if (here.origin() == Origin.TOPIC) {
                tally.count("settings_different", 1);
                tally.warning(place + ": " + here.value() + " on the source, unknown to the target's version");
            }
            return;
        }
        if (here.value().equals(there.value())) {
            return;
        }
        String difference = place + ": " + here.value() + " on the source, " + there.value() + " on the target";
        if (here.origin() == Origin.VERSION_DEFAULT && there.origin() == Origin.VERSION_DEFAULT) {
            tally.note(difference + " (each version's default)");
            return;
        }
        tally.count("settings_different", 1);
        tally.warning(difference);
    }
}
