package io.kraftlift.access.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.kafka.ClientProperties;
import io.kraftlift.access.kafka.SelectedTopics;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.config.ValidationSettings;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.groups.GroupId;
import io.kraftlift.core.groups.GroupsReport;
import io.kraftlift.core.groups.PositionReport;
import io.kraftlift.core.groups.ResyncReport;
import io.kraftlift.core.lanes.Checkpoint;
import io.kraftlift.core.lanes.LaneDigest;
import io.kraftlift.core.lanes.LaneId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.offsets.SourceOffset;
import io.kraftlift.core.offsets.TargetOffset;
import io.kraftlift.core.plan.Coverage;
import io.kraftlift.core.plan.SourceTopic;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.validation.CheckName;
import io.kraftlift.core.validation.CheckResult;
import io.kraftlift.core.validation.CopiedPartition.LogRange;
import io.kraftlift.core.validation.CountsAndOffsets;
import io.kraftlift.core.validation.FullRecords;
import io.kraftlift.core.validation.GroupPosition;
import io.kraftlift.core.validation.GroupReconciliation;
import io.kraftlift.core.validation.SampledPartition;
import io.kraftlift.core.validation.SentinelPresence;
import io.kraftlift.core.validation.SentinelSighting;
import io.kraftlift.core.validation.SpotCheck;
import io.kraftlift.core.validation.TopicParity;
import io.kraftlift.core.validation.ValidationReport;
import io.kraftlift.core.validation.ValidationReport.CutoverChecks;
import io.kraftlift.core.validation.ValidationReport.SampleCheck;
import io.kraftlift.core.validation.ValidationReport.Sampling;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The validation step: makes the five checks and writes {@code results/validation.json}. A check that cannot be made
 * because something is missing or wrong is a failed check; a cluster or store that does not answer is a reason to try
 * the step again.
 */
public final class Validation {
    private static final String REPORT = "validation";

    /** What Kafka's own clients wait for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MigrationRun run;
    private final ClusterFacts source;
    private final ClusterFacts target;

    public Validation(MigrationRun run) {
        this.run = run;
        this.source = new ClusterFacts(run.source(), "source");
        this.target = new ClusterFacts(run.target(), "target");
    }

    /** What was found, and where it was written. */
    public record Validated(ValidationReport report, ObjectReference reference) {}

    /**
     * Makes the checks.
     *
     * @throws TryAgain BROKER_UNREACHABLE or STORE_UNREACHABLE when one of them does not answer
     */
    public Validated validate() throws InterruptedException {
        ValidationMode mode = run.config().validation().mode();
        run.journal().append(Phase.VALIDATING, "the five checks begin", Map.of("mode", mode.name()));
        CheckResult parity = attempt(CheckName.TOPIC_PARITY, this::topicParity);
        CheckResult counts = attempt(CheckName.COUNTS_AND_OFFSETS, this::countsAndOffsets);
        Instant now = run.surroundings().clock().instant();
        ValidationReport report = switch (mode) {
            case FULL ->
                ValidationReport.full(
                        now, parity, counts, attempt(CheckName.RECORDS, this::everyRecord), cutoverChecks());
            case SAMPLE -> ValidationReport.sampled(now, parity, counts, someRecords(), cutoverChecks());
        };
        ObjectReference reference = run.write(run.objects().result(REPORT), report);
        run.journal().append(Phase.VALIDATING, "the five checks were made", factsOf(report));
        return new Validated(report, reference);
    }

    private CheckResult topicParity() throws InterruptedException {
        CopiedData copied = CopiedData.read(run);
        Set<TopicName> topics = copied.topics();
        Coverage coverage =
                Coverage.of(copied.plannedPartitions(), copied.ended().keySet(), sourceTopics(copied));
        return TopicParity.check(topics, coverage, source.topics(topics), target.topics(topics), cleanupHolds());
    }

    private CheckResult countsAndOffsets() throws InterruptedException {
        CopiedData copied = CopiedData.read(run);
        return CountsAndOffsets.check(
                copied.partitions(sourceLogs(copied), target.logs(copied.planned())),
                run.config().validation().countTolerance());
    }

    private Map<TopicName, SourceTopic> sourceTopics(CopiedData copied) throws InterruptedException {
        return new SelectedTopics(run.source(), run.config().topics()).read(copied.planned(), PATIENCE);
    }

    /** The source's logs that are there. About one that is not, the client asks again and again for a minute. */
    private Map<PartitionId, LogRange> sourceLogs(CopiedData copied) throws InterruptedException {
        Map<TopicName, SourceTopic> topics = sourceTopics(copied);
        return source.logs(copied.planned().stream()
                .filter(partition -> {
                    SourceTopic topic = topics.get(partition.topic());
                    return topic != null && partition.index() < topic.partitions();
                })
                .toList());
    }

    private CheckResult everyRecord() throws InterruptedException {
        CopiedData copied = CopiedData.read(run);
        Map<LaneId, FullRecords.Lane> lanes = new TreeMap<>();
        copied.lanes()
                .forEach((lane, plan) -> lanes.put(
                        lane,
                        new FullRecords.Lane(
                                CopiedData.partitionsOf(plan),
                                copied.checkpoint(lane).map(Checkpoint::segment).orElse(-1L),
                                run.find(run.objects().result("digest-" + lane), LaneDigest.class)
                                        .orElse(null))));
        return FullRecords.check(lanes);
    }

    private SampleCheck someRecords() throws InterruptedException {
        long seed = run.surroundings().random().nextLong();
        Map<PartitionId, List<SourceOffset>> offsets = new TreeMap<>();
        CheckResult result = attempt(CheckName.SPOT_CHECK_RECORDS, () -> {
            ValidationSettings settings = run.config().validation();
            CopiedData copied = CopiedData.read(run);
            try (RecordLookup onSource = lookup(run.config().source(), "source");
                    RecordLookup onTarget = lookup(run.config().target(), "target")) {
                Map<PartitionId, SampledPartition> sampled = new Sampler(copied, onSource, onTarget)
                        .sample(
                                sourceLogs(copied),
                                settings.spotCheckRecordsPerPartition(),
                                new SplittableRandom(seed));
                sampled.forEach((partition, samples) -> offsets.put(
                        partition,
                        samples.samples().stream()
                                .map(SampledPartition.Sample::source)
                                .toList()));
                return SpotCheck.check(copied.live(), sampled);
            }
        });
        return new SampleCheck(result, new Sampling(seed, offsets));
    }

    private CutoverChecks cutoverChecks() throws InterruptedException {
        return new CutoverChecks(
                attempt(CheckName.SENTINEL_PRESENCE, this::sentinels),
                attempt(CheckName.CONSUMER_GROUP_RECONCILIATION, this::groups));
    }

    private CheckResult sentinels() throws InterruptedException {
        SentinelsReport published = run.read(run.objects().result("sentinels"), SentinelsReport.class);
        CopiedData copied = CopiedData.read(run);
        Map<PartitionId, SentinelSighting> sightings = new TreeMap<>();
        try (RecordLookup onTarget = lookup(run.config().target(), "target")) {
            sightings.putAll(new RecordSentinelSearch(copied, run.migration()).search(published.records(), onTarget));
        }
        if (!published.producers().isEmpty()) {
            MarkerSentinelSearch.Logs logs =
                    new MarkerSentinelSearch.Logs(sourceLogs(copied), target.logs(copied.planned()));
            sightings.putAll(new MarkerSentinelSearch(copied, run.config().source()).search(published, logs));
        }
        return SentinelPresence.check(copied.live(), sightings, published.withoutMarker());
    }

    private CheckResult groups() throws InterruptedException {
        GroupsReport report = run.read(run.objects().result("groups"), GroupsReport.class);
        Map<GroupId, Map<PartitionId, PositionReport>> wanted = new TreeMap<>();
        report.groups().forEach((group, carried) -> wanted.put(group, new TreeMap<>(carried.positions())));
        run.find(run.objects().result("resync"), ResyncReport.class)
                .ifPresent(resync -> resync.groups()
                        .forEach((group, moved) -> moved.report()
                                .positions()
                                .forEach((partition, position) -> learn(wanted, group, partition, position))));
        Map<GroupId, Map<PartitionId, TargetOffset>> now = target.positions(wanted.keySet());
        CopiedData copied = CopiedData.read(run);
        Map<PartitionId, SourceOffset> ends = run.read(run.objects().result("sentinels"), SentinelsReport.class)
                .ends();
        Map<PartitionId, LogRange> logs = target.logs(wanted.values().stream()
                .flatMap(ofGroup -> ofGroup.keySet().stream())
                .filter(copied.planned()::contains)
                .collect(Collectors.toSet()));
        List<GroupPosition> positions = new ArrayList<>();
        wanted.forEach((group, ofGroup) -> ofGroup.forEach((partition, position) -> {
            if (position.target() != null) {
                @Nullable LogRange log = logs.get(partition);
                positions.add(new GroupPosition(
                        group,
                        partition,
                        new GroupPosition.Place(
                                position.source(),
                                position.target(),
                                copied.placeOf(partition, position.source(), ends)
                                        .orElse(null)),
                        position.outcome().isCarriedOver(),
                        now.getOrDefault(group, Map.of()).get(partition),
                        log == null ? null : TargetOffset.of(log.end())));
            }
        }));
        return GroupReconciliation.check(positions);
    }

    /** What was carried over later counts; what later could not be carried over does not undo what was before. */
    private static void learn(
            Map<GroupId, Map<PartitionId, PositionReport>> wanted,
            GroupId group,
            PartitionId partition,
            PositionReport later) {
        wanted.computeIfAbsent(group, g -> new TreeMap<>())
                .merge(
                        partition,
                        later,
                        (before, after) -> after.outcome().isCarriedOver()
                                        || !before.outcome().isCarriedOver()
                                ? after
                                : before);
    }

    /** Settings that the topology's ledger holds until the evidence is sealed. */
    private Map<TopicName, Set<String>> cleanupHolds() {
        Map<TopicName, Set<String>> held = new TreeMap<>();
        for (JsonNode topic :
                run.read(run.objects().result("topology"), JsonNode.class).path("topics")) {
            for (JsonNode hold : topic.path("holds")) {
                if (hold.path("kind").asText().equals("CLEANUP")) {
                    held.computeIfAbsent(new TopicName(hold.path("topic").asText()), t -> new TreeSet<>())
                            .add(hold.path("key").asText());
                }
            }
        }
        return held;
    }

    private RecordLookup lookup(ClusterSettings cluster, String side) {
        Clock clock = run.surroundings().clock();
        return RecordLookup.open(ClientProperties.of(cluster, side), clock, side);
    }

    private interface Check {
        CheckResult make() throws InterruptedException;
    }

    private static CheckResult attempt(CheckName name, Check check) throws InterruptedException {
        try {
            return check.make();
        } catch (TryAgain e) {
            throw e;
        } catch (KraftliftFailure e) {
            return CheckResult.notMade(name, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> factsOf(ValidationReport report) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("overall", report.overall().name());
        List.of(
                        report.topicParity(),
                        report.countsAndOffsets(),
                        report.spotCheckRecords(),
                        report.sentinelPresence(),
                        report.consumerGroupReconciliation())
                .forEach(check -> facts.put(check.name().word(), check.outcome().name()));
        return facts;
    }
}
