package io.kraftlift.access.precheck;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.TransactionReader;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.precheck.OpenTransaction;
import io.kraftlift.core.precheck.PrecheckFacts;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopologyLedger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Gathers what a precheck judges, side by side, each part within a bounded time. Nothing on either cluster is changed; in
 * each store one small object, {@code precheck-probe.json}, is written.
 */
public final class FactsProber {
    /** A cluster of 20,000 partitions is read within a minute; a Lambda function has 15. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int SIDE_BY_SIDE = 4;

    private final MigrationRun run;

    public FactsProber(MigrationRun run) {
        this.run = run;
    }

    /** The facts. What could not be read is an unreadable part of them. */
    public PrecheckFacts gather() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE, task -> {
            Thread thread = new Thread(task, "precheck");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<ClusterInventory> source = threads.submit(() -> inventory(ClusterSide.SOURCE));
            Future<ClusterInventory> target = threads.submit(() -> inventory(ClusterSide.TARGET));
            Future<Reading<String>> backup = threads.submit(
                    () -> StoreProbe.probe(run::backup, run.objects().result("precheck-probe")));
            Future<Reading<String>> evidence = threads.submit(
                    () -> StoreProbe.probe(run::evidence, run.objects().evidence("precheck-probe.json")));
            Reading<ClusterInventory> sourceRead = await(source, "reading the source");
            return new PrecheckFacts(
                    sourceRead,
                    await(target, "reading the target"),
                    flat(await(backup, "probing the backup store")),
                    flat(await(evidence, "probing the evidence store")),
                    ofSource(threads, sourceRead, this::openTransactions),
                    ofSource(threads, sourceRead, cluster -> transactions().transactionalIds()),
                    run.config().topics(),
                    ours());
        } finally {
            threads.shutdownNow();
        }
    }

    private ClusterInventory inventory(ClusterSide side) throws InterruptedException {
        return new InventoryReader(
                        new AdminCalls(side).connect(side == ClusterSide.SOURCE ? run::source : run::target),
                        side,
                        run.surroundings().sleeper()::sleep)
                .read();
    }

    private List<OpenTransaction> openTransactions(ClusterInventory source) throws InterruptedException {
        return transactions().open(source, new TopicSelector(run.config().topics()).selected(source));
    }

    private TransactionReader transactions() {
        return new TransactionReader(
                run.source(), run.surroundings().clock(), run.surroundings().sleeper()::sleep);
    }

    private Set<TopicName> ours() {
        return run.find(run.objects().result("topology"), TopologyLedger.class)
                .map(TopologyLedger::names)
                .orElse(Set.of());
    }

    /** Asks something of a source that could be read; otherwise there is no answer for the same reason. */
    private static <T> Reading<T> ofSource(
            ExecutorService threads, Reading<ClusterInventory> source, Question<T> question)
            throws InterruptedException {
        if (source instanceof Reading.Known<ClusterInventory> known) {
            return await(threads.submit(() -> question.of(known.value())), "reading the source's transactions");
        }
        return Reading.unreadable("the source could not be read");
    }

    private static <T> Reading<T> await(Future<T> answer, String doing) throws InterruptedException {
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

    private static <T> Reading<T> flat(Reading<Reading<T>> reading) {
        return reading.fold(Function.identity(), Reading::unreadable);
    }

    @FunctionalInterface
    private interface Question<T> {
        T of(ClusterInventory source) throws InterruptedException;
    }
}
