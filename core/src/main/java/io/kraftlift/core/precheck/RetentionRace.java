package io.kraftlift.core.precheck;

import io.kraftlift.core.inventory.PartitionInventory;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.inventory.TopicSetting;
import io.kraftlift.core.topics.PartitionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * W06: the race between retention, which removes a log's beginning, and the copy, which comes to it later.
 *
 * <p>A partition's beginning goes from some time on (its <em>first loss</em>) and at some rate: at once and as observed
 * where the log's start moved between two looks; when its oldest record gets {@code retention.ms} old, at the average rate of
 * what is in the log; when it has grown to {@code retention.bytes}, as fast as it is written to. The copy comes to it when what goes
 * before it is copied, at worst everything else, and then copies it with its share of the pace. Retention wins where it
 * removes what the copy has not come to yet.
 */
final class RetentionRace {
    private static final int NAMED = 20;

    private static final String REMEDY =
            "Raise retention.ms and retention.bytes of the topic on the source until the copy is done, or let the copy be"
                    + " faster (seed.workers, seed.max_bytes_per_second). What retention takes is recorded as a gap.";

    private final Map<PartitionId, TopicInventory> topics = new HashMap<>();
    private final Map<PartitionId, Long> sizes = new HashMap<>();
    private final CopyPace pace;
    private final double everything;

    RetentionRace(List<TopicInventory> moving, CopyPace pace) {
        this.pace = pace;
        for (TopicInventory topic : moving) {
            for (PartitionInventory partition : topic.partitions()) {
                PartitionId id = new PartitionId(topic.name(), partition.index());
                topics.put(id, topic);
                sizes.put(id, partition.bytes() == null ? 0L : partition.bytes());
            }
        }
        this.everything =
                (double) sizes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A partition that loses, from when on, and why. */
    private record Loss(PartitionId partition, double after, String why) {}

    List<Finding> findings(List<RetentionLook> looks) {
        List<Loss> losses = looks.stream()
                .flatMap(look -> loss(look).stream())
                .sorted(Comparator.comparingDouble(Loss::after).thenComparing(Loss::partition))
                .toList();
        List<Finding> findings = new ArrayList<>();
        losses.stream().limit(NAMED).map(this::finding).forEach(findings::add);
        if (losses.size() > NAMED) {
            Loss next = losses.get(NAMED);
            findings.add(Finding.of(
                    PrecheckCode.W06,
                    (losses.size() - NAMED) + " more partitions",
                    "they lose records to retention before they are copied, the first of them " + next.partition()
                            + " in " + text(next.after()),
                    REMEDY));
        }
        return findings;
    }

    private Finding finding(Loss loss) {
        return Finding.of(
                PrecheckCode.W06,
                loss.partition().toString(),
                loss.why() + ", so records are lost from " + (loss.after() < 1 ? "now" : "in " + text(loss.after()))
                        + " on; copying everything takes " + text(everything / pace.bytesPerSecond()) + " at "
                        + (long) pace.bytesPerSecond() / 1024 + " KiB/s",
                REMEDY);
    }

    private Optional<Loss> loss(RetentionLook look) {
        TopicInventory topic = topics.get(look.partition());
        long records = look.end() - look.start();
        if (topic == null || records <= 0) {
            return Optional.empty();
        }
        double bytes = Math.max(1, sizes.getOrDefault(look.partition(), 0L));
        double recordBytes = bytes / records;
        double growth = look.written() * recordBytes / look.seconds();
        List<Loss> losses = new ArrayList<>();
        if (look.removed() > 0) {
            race(look, 0, look.removed() * recordBytes / look.seconds())
                    .map(after -> new Loss(
                            look.partition(),
                            after,
                            "the log's start moved from " + look.startBefore() + " to " + look.start() + " within "
                                    + look.between().toMillis() + " ms"))
                    .ifPresent(losses::add);
        }
        byTime(look, topic, bytes).ifPresent(losses::add);
        bySize(look, topic, growth).ifPresent(losses::add);
        return losses.stream().min(Comparator.comparingDouble(Loss::after));
    }

    private Optional<Loss> byTime(RetentionLook look, TopicInventory topic, double bytes) {
        Optional<Long> limit = limit(topic, TopicSetting.RETENTION_MS);
        Duration oldest = look.oldest();
        if (limit.isEmpty() || oldest == null) {
            return Optional.empty();
        }
        double age = Math.max(1, oldest.toMillis() / 1000.0);
        double first = Math.max(0, limit.get() / 1000.0 - age);
        double spread = age - (look.newest() == null ? 0 : look.newest().toMillis() / 1000.0);
        return race(look, first, bytes / Math.max(1, spread))
                .map(after -> new Loss(
                        look.partition(),
                        after,
                        "its oldest record is " + text(age) + " old and retention.ms is " + limit.get()));
    }

    private Optional<Loss> bySize(RetentionLook look, TopicInventory topic, double growth) {
        Optional<Long> limit = limit(topic, TopicSetting.RETENTION_BYTES);
        long bytes = sizes.getOrDefault(look.partition(), 0L);
        if (limit.isEmpty() || growth <= 0) {
            return Optional.empty();
        }
        return race(look, Math.max(0, (limit.get() - bytes) / growth), growth)
                .map(after -> new Loss(
                        look.partition(),
                        after,
                        "it has " + bytes + " bytes, retention.bytes is " + limit.get() + ", and it grows by "
                                + Math.round(growth) + " bytes a second"));
    }

    /**
     * When retention first takes what was not copied; empty when the copy stays ahead.
     *
     * @param first seconds until retention begins
     * @param rate bytes a second that it then takes
     */
    private Optional<Double> race(RetentionLook look, double first, double rate) {
        double own = sizes.getOrDefault(look.partition(), 0L);
        boolean allAtOnce = sizes.size() <= pace.sideBySide();
        double begins = allAtOnce ? 0 : (everything - own) / pace.bytesPerSecond();
        double share = pace.bytesPerSecond() / (allAtOnce ? Math.max(1, sizes.size()) : pace.sideBySide());
        double ends = begins + own / share;
        if (first >= ends) {
            return Optional.empty();
        }
        if (first < begins) {
            return Optional.of(first);
        }
        if (rate <= share) {
            return Optional.empty();
        }
        // Taken: rate * (t - first). Copied: share * (t - begins). Equal at:
        double meet = (rate * first - share * begins) / (rate - share);
        return meet < ends ? Optional.of(meet) : Optional.empty();
    }

    /** The bound that a topic's records are removed by; empty when there is none. */
    private static Optional<Long> limit(TopicInventory topic, String setting) {
        return topic.setting(TopicSetting.CLEANUP_POLICY)
                .filter(policy -> policy.contains("delete"))
                .flatMap(policy -> topic.setting(setting))
                .map(Long::parseLong)
                .filter(limit -> limit >= 0);
    }

    private static String text(double seconds) {
        if (seconds < 120) {
            return Math.round(seconds) + " s";
        }
        return seconds < 7200 ? Math.round(seconds / 60) + " minutes" : Math.round(seconds / 3600) + " hours";
    }
}
