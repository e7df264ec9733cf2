package io.kraftlift.access.precheck;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.DiskReader;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.RetentionReader;
import io.kraftlift.access.kafka.TransactionReader;
import io.kraftlift.access.kafka.Waiting;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.wire.FirstBatches;
import io.kraftlift.access.wire.WireClient;
import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.config.ClusterSettings;
import io.kraftlift.core.config.StoreSettings;
import io.kraftlift.core.cutover.SentinelsReport;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.inventory.TopicInventory;
import io.kraftlift.core.msk.MskArn;
import io.kraftlift.core.msk.MskCluster;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.precheck.CloudFacts;
import io.kraftlift.core.precheck.KeyUse;
import io.kraftlift.core.precheck.LogFacts;
import io.kraftlift.core.precheck.MissingRight;
import io.kraftlift.core.precheck.OpenTransaction;
import io.kraftlift.core.precheck.PrecheckFacts;
import io.kraftlift.core.precheck.RightsFacts;
import io.kraftlift.core.topics.PartitionId;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * Gathers what a precheck judges, side by side, each part within a bounded time. Nothing on either cluster is changed; in
 * each store one small object, {@code precheck-probe.json}, is written.
 */
public final class FactsProber {
    /** A cluster of 20,000 partitions is read within a minute; a Lambda function has 15. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final MigrationRun run;
    private final CloudQuestions cloud;

    public FactsProber(MigrationRun run) {
        this(run, CloudQuestions.ofAws(run.surroundings()));
    }

    FactsProber(MigrationRun run, CloudQuestions cloud) {
        this.run = run;
        this.cloud = cloud;
    }

    /** The facts. What could not be read is an unreadable part of them. */
    public PrecheckFacts gather() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "precheck");
            thread.setDaemon(true);
            return thread;
        });
        try {
            return new Questions(threads).facts();
        } finally {
            threads.shutdownNow();
        }
    }

    /** The questions of one precheck; all are asked at once, but for those that an answer leads to. */
    private final class Questions {
        private final ExecutorService threads;

        Questions(ExecutorService threads) {
            this.threads = threads;
        }

        PrecheckFacts facts() throws InterruptedException {
            Asked<ClusterInventory> source = ask("reading the source", () -> inventory(ClusterSide.SOURCE));
            Asked<ClusterInventory> target = ask("reading the target", () -> inventory(ClusterSide.TARGET));
            Asked<StoreProbe> backup = ask(
                    "probing the backup store",
                    () -> StoreProbe.of(run::backup, run.objects().result("precheck-probe")));
            Asked<StoreProbe> evidence = ask(
                    "probing the evidence store",
                    () -> StoreProbe.of(run::evidence, run.objects().evidence("precheck-probe.json")));
            Asked<List<MissingRight>> onSource = ask("reading our rights on the source", FactsProber.this::onSource);
            Asked<List<MissingRight>> onTarget = ask("reading our rights on the target", FactsProber.this::onTarget);
            Optional<Asked<MskCluster>> sourceCluster = cluster(run.config().source());
            Optional<Asked<MskCluster>> targetCluster = cluster(run.config().target());
            Optional<Asked<List<String>>> offered = arn(run.config().source())
                    .map(arn -> ask("asking MSK for versions", () -> cloud.compatibleVersions(arn)));
            Optional<Asked<Double>> vcpus = regionOfWorkers(
                            run.config().backup(),
                            run.config().source(),
                            run.config().target())
                    .map(region -> ask("asking for the Fargate quota", () -> cloud.fargateVcpus(region)));

            Reading<ClusterInventory> from = source.await();
            Asked<Reading<List<OpenTransaction>>> open =
                    askOf(from, "reading the source's transactions", FactsProber.this::openTransactions);
            Asked<Reading<List<String>>> ids = askOf(
                    from,
                    "reading the source's transactional ids",
                    any -> transactions().transactionalIds().stream()
                            .filter(id -> !id.equals(SentinelsReport.transactionalId(run.migration())))
                            .toList());
            Asked<Reading<List<PartitionId>>> formats =
                    askOf(from, "reading first batches of the source", FactsProber.this::oldFormats);
            var retention = askOf(
                    from,
                    "looking at the source's logs",
                    cluster -> new RetentionReader(
                                    run.source(), run.surroundings().clock(), waiting())
                            .look(selected(cluster)));
            Reading<ClusterInventory> to = target.await();
            var disks = askOf(
                    to,
                    "reading the target's disks",
                    cluster -> new DiskReader(run.target(), ClusterSide.TARGET)
                            .read(cluster.brokers().stream()
                                    .map(BrokerInventory::id)
                                    .toList()));

            StoreProbe backupRead = backup.await().fold(Function.identity(), StoreProbe::none);
            StoreProbe evidenceRead = evidence.await().fold(Function.identity(), StoreProbe::none);
            return new PrecheckFacts(
                    from,
                    to,
                    backupRead.root(),
                    evidenceRead.root(),
                    flat(open.await()),
                    flat(ids.await()),
                    run.config().topics(),
                    ours(),
                    run.config().seed(),
                    run.config().aclDrift(),
                    new LogFacts(flat(formats.await()), flat(retention.await()), flat(disks.await())),
                    new RightsFacts(onSource.await(), onTarget.await()),
                    new CloudFacts(
                            run.config().source().auth() instanceof AuthSettings.Iam,
                            run.config().target().auth() instanceof AuthSettings.Iam,
                            await(sourceCluster),
                            await(targetCluster),
                            await(offered),
                            await(vcpus),
                            keys(backupRead, evidenceRead),
                            run.config().evidence().store() instanceof StoreSettings.Bucket
                                    ? evidenceRead.lock()
                                    : Optional.empty()));
        }

        private Optional<Asked<MskCluster>> cluster(ClusterSettings settings) {
            return arn(settings).map(arn -> ask("asking MSK for the cluster", () -> cloud.describe(arn)));
        }

        private <T> Asked<T> ask(String doing, Callable<T> question) {
            return new Asked<>(doing, threads.submit(question));
        }

        /** Asks something of a cluster that could be read; otherwise there is no answer for the same reason. */
        private <T> Asked<Reading<T>> askOf(Reading<ClusterInventory> cluster, String doing, Question<T> question) {
            return ask(
                    doing,
                    () -> cluster instanceof Reading.Known<ClusterInventory> known
                            ? Reading.known(question.of(known.value()))
                            : Reading.unreadable("the cluster could not be read"));
        }
    }

    /** A question under way. */
    private record Asked<T>(String doing, Future<T> answer) {
        Reading<T> await() throws InterruptedException {
            try {
                return Reading.known(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            } catch (TimeoutException e) {
                answer.cancel(true);
                return Reading.unreadable(doing + " took longer than " + PATIENCE.toMinutes() + " minutes");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof KraftliftFailure failure) {
                    return Reading.unreadable(String.valueOf(failure.getMessage()));
                }
                throw new InvariantBroken(FailureName.DEFECT, doing + " failed in an unforeseen way", e);
            }
        }
    }

    private static <T> Optional<Reading<T>> await(Optional<Asked<T>> asked) throws InterruptedException {
        return asked.isEmpty() ? Optional.empty() : Optional.of(asked.get().await());
    }

    private ClusterInventory inventory(ClusterSide side) throws InterruptedException {
        return new InventoryReader(admin(side), side, waiting()).read();
    }

    private Admin admin(ClusterSide side) {
        return new AdminCalls(side).connect(side == ClusterSide.SOURCE ? run::source : run::target);
    }

    private Waiting waiting() {
        return run.surroundings().sleeper()::sleep;
    }

    private List<TopicInventory> selected(ClusterInventory source) {
        return new TopicSelector(run.config().topics()).selected(source);
    }

    private List<OpenTransaction> openTransactions(ClusterInventory source) throws InterruptedException {
        return transactions().open(source, selected(source));
    }

    private TransactionReader transactions() {
        return new TransactionReader(
                run.source(), run.surroundings().clock(), run.surroundings().sleeper()::sleep);
    }

    private List<MissingRight> onSource() throws InterruptedException {
        return rights().onSource(run.config().source());
    }

    private List<MissingRight> onTarget() throws InterruptedException {
        return rights().onTarget(admin(ClusterSide.TARGET), run.config().target());
    }

    private RightsReader rights() {
        Optional<String> markersId = switch (run.config().cutover().sentinel()) {
            case RECORD -> Optional.empty();
            case MARKER -> Optional.of(SentinelsReport.transactionalId(run.migration()));
        };
        return new RightsReader(admin(ClusterSide.SOURCE), run.config().topics(), markersId);
    }

    private List<PartitionId> oldFormats(ClusterInventory source) throws InterruptedException {
        List<PartitionId> partitions = new ArrayList<>();
        List<Long> starts = new ArrayList<>();
        for (TopicInventory topic : selected(source)) {
            topic.partitions().forEach(partition -> {
                OffsetSpan offsets = partition.offsets();
                if (offsets != null && offsets.start() < offsets.end()) {
                    partitions.add(new PartitionId(topic.name(), partition.index()));
                    starts.add(offsets.start());
                }
            });
        }
        if (partitions.isEmpty()) {
            return List.of();
        }
        try (WireClient client = WireClient.open(run.config().source(), "source", partitions, 1)) {
            return new FirstBatches(
                            client, starts.stream().mapToLong(Long::longValue).toArray())
                    .ofOldFormat().stream().map(partitions::get).toList();
        }
    }

    /** Where the ledger cannot be read the backup store cannot either, which its probe says. */
    private Set<TopicName> ours() {
        try {
            return run.find(run.objects().result("topology"), TopologyLedger.class)
                    .map(TopologyLedger::names)
                    .orElse(Set.of());
        } catch (OperatorActionNeeded | TryAgain e) {
            return Set.of();
        }
    }

    private static Optional<String> arn(ClusterSettings cluster) {
        return cluster.location() instanceof ClusterLocation.Arn arn ? Optional.of(arn.arn()) : Optional.empty();
    }

    /**
     * Where workers run on Fargate: in the region of the cluster. Workers that keep their segments in a directory, and those
     * of clusters that are given by their brokers alone, are taken to run elsewhere.
     */
    static Optional<String> regionOfWorkers(StoreSettings backup, ClusterSettings source, ClusterSettings target) {
        if (!(backup instanceof StoreSettings.Bucket)) {
            return Optional.empty();
        }
        return arn(target).or(() -> arn(source)).flatMap(FactsProber::region);
    }

    /** Empty for a text that is no ARN, which asking MSK finds. */
    private static Optional<String> region(String arn) {
        try {
            return Optional.of(MskArn.of(arn).region());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<KeyUse> keys(StoreProbe backup, StoreProbe evidence) {
        List<KeyUse> keys = new ArrayList<>();
        key("backup", run.config().backup(), backup).ifPresent(keys::add);
        key("evidence", run.config().evidence().store(), evidence).ifPresent(keys::add);
        return keys;
    }

    private static Optional<KeyUse> key(String store, StoreSettings settings, StoreProbe probe) {
        return settings instanceof StoreSettings.Bucket bucket && bucket.kmsKeyArn() != null
                ? Optional.of(new KeyUse(store, bucket.kmsKeyArn(), probe.key()))
                : Optional.empty();
    }

    private static <T> Reading<T> flat(Reading<Reading<T>> reading) {
        return reading.fold(Function.identity(), Reading::unreadable);
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(ClusterInventory cluster) throws InterruptedException;
    }
}
