package io.kraftlift.core.plan;

import io.kraftlift.core.config.TopicSelection;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides which topics and groups move. */
public final class TopicSelector {
    /** Of Kafka, of MSK, and of MirrorMaker 2 with its default names. */
    private static final List<Pattern> INTERNAL = patterns(List.of(
            "__consumer_offsets",
            "__transaction_state",
            "__amazon_msk_*",
            "mm2-*",
            "heartbeats",
            "*.checkpoints.internal"));

    private static final Pattern CANARY_GROUP = glob("amazon.msk.canary.*");

    private final List<Pattern> include;
    private final List<Pattern> exclude;

    public TopicSelector(TopicSelection selection) {
        include = patterns(selection.include());
        exclude = patterns(selection.exclude());
    }

    /** Why a topic does not move; empty when it does. */
    public Optional<SkipReason> skips(TopicInventory topic) {
        return topic.internal() ? Optional.of(SkipReason.INTERNAL) : skips(topic.name());
    }

    /** Why a topic that the cluster itself does not call internal does not move; empty when it does. */
    public Optional<SkipReason> skips(TopicName topic) {
        String name = topic.value();
        if (matches(INTERNAL, name)) {
            return Optional.of(SkipReason.INTERNAL);
        }
        if (!include.isEmpty() && !matches(include, name)) {
            return Optional.of(SkipReason.NOT_INCLUDED);
        }
        return matches(exclude, name) ? Optional.of(SkipReason.EXCLUDED) : Optional.empty();
    }

    /** The topics of a cluster that move, ascending by name. */
    public List<TopicInventory> selected(ClusterInventory cluster) {
        return cluster.topics().stream().filter(topic -> skips(topic).isEmpty()).toList();
    }

    /** Whether a group is one of MSK's own, which does not move. */
    public static boolean isCanary(String group) {
        return CANARY_GROUP.matcher(group).matches();
    }

    private static boolean matches(List<Pattern> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static List<Pattern> patterns(List<String> globs) {
        return globs.stream().map(TopicSelector::glob).toList();
    }

    /** {@code *} is any number of characters, {@code ?} is one; everything else is itself. */
    private static Pattern glob(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.chars().forEach(character -> {
            switch (character) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(character)));
            }
        });
        return Pattern.compile(regex.toString());
    }
}
