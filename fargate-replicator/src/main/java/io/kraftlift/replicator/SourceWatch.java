package io.kraftlift.replicator;

import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.wire.Outage;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.lanes.LanePartition;
import io.kraftlift.core.lanes.TopicEnd;
import io.kraftlift.core.topics.TopicId;
import io.kraftlift.core.topics.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.TopicDescription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the lane's topics are still on the source, and still the ones that were planned. From the first doubt about a
 * topic nothing of it is read. The doubt ends when the source shows the very topic; the topic's copy ends when the source
 * said for a while, in every look, that it is not there or is another. One look proves nothing: a broker that has just
 * started knows few topics, or an older one of the name.
 *
 * <p>Mutable, confined to one thread. No call but {@link #begin} waits for the source.
 */
final class SourceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

    /** A topic's end takes as many looks, whatever the time between them. */
    private static final int LOOKS = 3;

    /** Between looks while there is a doubt: records may be waiting. */
    private static final Duration HURRY = Duration.ofMillis(250);

    private final LaneWork work;
    private final Listener listener;
    private final Topic[] topicOf;
    private final List<Topic> topics = new ArrayList<>();
    private final BitSet doubted = new BitSet();
    private final Outage silence = new Outage();
    private final LongSupplier nanoTime;
    private @Nullable Source source;
    private @Nullable Answer asked;
    private List<Topic> asking = List.of();
    private long askedAt;
    private long lookedAt;
    private boolean hurry;

    /** Who is asked. */
    @FunctionalInterface
    interface Source {
        Answer ask(Collection<TopicName> topics);
    }

    /** An answer, which may be under way. */
    interface Answer {
        boolean isDone();

        /**
         * The answer; waits for it where it is not there.
         *
         * @throws TryAgain BROKER_UNREACHABLE when none came
         */
        ClusterLogs.Topics await();
    }

    /** Hears what comes of a doubt. */
    interface Listener {
        /** The topic is there, and the one that was planned; it may be read. */
        void trusted(TopicName topic);

        /** The topic's copy is over. */
        void over(int slot, TopicEnd why);
    }

    /** What is known of one topic. */
    private static final class Topic {
        private final TopicName name;
        private final BitSet slots = new BitSet();
        private @Nullable TopicId id;
        private @Nullable TopicId shown;
        private int partitions;
        private boolean doubted;
        private long doubtedAt;
        private int absences;
        private long absentSince;

        Topic(TopicName name) {
            this.name = name;
        }

        boolean isShownAsAnother() {
            return id != null && shown != null && !id.equals(shown);
        }
    }

    /**
     * Of the lane's topics, but for those whose copy is over.
     *
     * @param over by slot
     * @param nanoTime like System.nanoTime
     */
    SourceWatch(LaneWork work, BitSet over, Listener listener, LongSupplier nanoTime) {
        this.work = work;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.lookedAt = nanoTime.getAsLong();
        List<LanePartition> partitions = work.plan().partitions();
        this.topicOf = new Topic[partitions.size()];
        Map<TopicName, Topic> byName = new HashMap<>();
        for (int slot = 0; slot < topicOf.length; slot++) {
            LanePartition partition = partitions.get(slot);
            Topic topic = byName.computeIfAbsent(partition.partition().topic(), Topic::new);
            topicOf[slot] = topic;
            if (!over.get(slot)) {
                topic.slots.set(slot);
                topic.id = topic.id == null ? partition.topicId() : topic.id;
                topic.partitions =
                        Math.max(topic.partitions, partition.partition().index() + 1);
            }
        }
        byName.values().stream().filter(topic -> !topic.slots.isEmpty()).forEach(topics::add);
        doubted.or(over);
    }

    /**
     * Looks for the first time, and waits for it. What is not there is in doubt.
     *
     * @return the topics that are not to be read now
     * @throws TryAgain BROKER_UNREACHABLE when the source does not answer
     */
    Set<TopicName> begin(Source cluster) {
        source = cluster;
        asked = ask(cluster, topics);
        judge(asked.await());
        Set<TopicName> unread = new TreeSet<>();
        for (Topic topic : topicOf) {
            if (topic.doubted || topic.slots.isEmpty()) {
                unread.add(topic.name);
            }
        }
        return unread;
    }

    /** Whether a partition may be read. */
    boolean trusts(int slot) {
        return !doubted.get(slot);
    }

    /** Whether a partition's copy is over. */
    boolean isOver(int slot) {
        return !topicOf[slot].slots.get(slot);
    }

    /** Doubts a partition's topic until the source was asked anew. */
    void doubt(int slot) {
        Topic topic = topicOf[slot];
        if (isOver(slot)) {
            return;
        }
        if (!topic.doubted) {
            LOG.atInfo()
                    .addKeyValue("lane", work.plan().lane())
                    .addKeyValue("topic", topic.name)
                    .log("source topic in doubt");
        }
        topic.doubted = true;
        topic.doubtedAt = nanoTime.getAsLong();
        doubted.or(topic.slots);
        hurry = true;
    }

    /** Doubts a partition's topic while the metadata, by which it is read, show another topic under its name. */
    void shown(int slot, @Nullable TopicId id) {
        Topic topic = topicOf[slot];
        topic.shown = id;
        if (topic.id == null) {
            topic.id = id;
        }
        if (topic.isShownAsAnother()) {
            doubt(slot);
        }
    }

    /**
     * Takes in an answer that has come, and asks when it is time to.
     *
     * @return whether it asked about a doubt; the metadata are to be learned anew then
     * @throws TryAgain BROKER_UNREACHABLE when a doubt cannot be settled because the source has been silent for a minute
     */
    boolean look() {
        if (asked != null) {
            if (!asked.isDone()) {
                return false;
            }
            try {
                judge(asked.await());
                silence.end();
            } catch (TryAgain e) {
                noAnswer(e);
            }
            return false;
        }
        long now = nanoTime.getAsLong();
        if (source != null && now - lookedAt >= work.settings().sourceEvery().toNanos()) {
            lookedAt = now;
            asked = ask(source, topics);
        } else if (source != null && hurry && now - askedAt >= HURRY.toNanos()) {
            asked = ask(source, topics.stream().filter(topic -> topic.doubted).toList());
            return true;
        }
        return false;
    }

    private Answer ask(Source cluster, List<Topic> about) {
        asking = List.copyOf(about);
        askedAt = nanoTime.getAsLong();
        return cluster.ask(asking.stream().map(topic -> topic.name).toList());
    }

    /** What was not answered is unknown, and what is unknown is no sign of an end: looks are counted anew. */
    private void noAnswer(TryAgain failure) {
        asked = null;
        topics.forEach(topic -> topic.absences = 0);
        boolean inDoubt = topics.stream().anyMatch(topic -> topic.doubted);
        if (silence.exhausts(TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong())) && inDoubt) {
            throw failure;
        }
    }

    private void judge(ClusterLogs.Topics answer) {
        asked = null;
        for (Topic topic : asking) {
            TopicDescription there = answer.topics().get(topic.name);
            if (there != null && isThePlanned(topic, there)) {
                trust(topic);
            } else if (there != null || answer.informed()) {
                absent(topic, there == null ? TopicEnd.DELETED : TopicEnd.REMADE);
            } else {
                topic.absences = 0;
                doubt(topic.slots.nextSetBit(0));
            }
        }
        hurry = topics.stream().anyMatch(topic -> topic.doubted);
    }

    private static boolean isThePlanned(Topic topic, TopicDescription there) {
        TopicId id = SelectedTopics.idOf(there);
        if (topic.id == null) {
            topic.id = id;
        }
        boolean same = id == null || id.equals(topic.id);
        return same && there.partitions().size() >= topic.partitions;
    }

    private void trust(Topic topic) {
        topic.absences = 0;
        if (!topic.doubted) {
            return;
        }
        if (topic.doubtedAt - askedAt > 0 || topic.isShownAsAnother()) {
            return; // the doubt is newer than the answer, or the metadata are yet to follow
        }
        topic.doubted = false;
        doubted.andNot(topic.slots);
        listener.trusted(topic.name);
    }

    private void absent(Topic topic, TopicEnd why) {
        if (topic.absences == 0) {
            topic.absentSince = askedAt;
        }
        topic.absences++;
        doubt(topic.slots.nextSetBit(0));
        if (topic.absences < LOOKS
                || askedAt - topic.absentSince < work.settings().goneAfter().toNanos()) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("lane", work.plan().lane())
                .addKeyValue("topic", topic.name)
                .addKeyValue("why", why)
                .log("source topic is no more; its copy ends");
        topics.remove(topic);
        topic.slots.stream().forEach(slot -> listener.over(slot, why));
        topic.slots.clear();
    }
}
