package io.kraftlift.access.plan;

import io.kraftlift.access.kafka.AdminCalls;
import io.kraftlift.access.kafka.InventoryReader;
import io.kraftlift.access.kafka.ListenerReader;
import io.kraftlift.access.kafka.RateReader;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.config.MigrationConfig;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.plan.MskFacts;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.plan.TopicSelector;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/** Reads everything that a plan is made from, both clusters side by side. Nothing is changed. */
public final class PlanSurvey {
    private static final int SIDE_BY_SIDE = 4;

    private final MigrationConfig config;
    private final Surroundings surroundings;
    private final MskSurvey msk;

    public PlanSurvey(MigrationConfig config, Surroundings surroundings, MskSurvey msk) {
        this.config = config;
        this.surroundings = surroundings;
        this.msk = msk;
    }

    /**
     * Reads.
     *
     * @param source makes or gives the source's admin client, which is not closed here
     * @param target the same for the target
     * @throws KraftliftFailure when a cluster does not answer, or refuses what a plan cannot do without
     */
    public PlanInput read(Supplier<Admin> source, Supplier<Admin> target) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE, task -> {
            Thread thread = new Thread(task, "plan");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Future<SourceRead> here = threads.submit(() -> source(source));
            Future<ClusterInventory> there = threads.submit(
                    () -> inventory(new AdminCalls(ClusterSide.TARGET).connect(target), ClusterSide.TARGET));
            Future<Optional<MskFacts>> sourceMsk = threads.submit(() -> msk.ask(config.source()));
            Future<Optional<MskFacts>> targetMsk = threads.submit(() -> msk.ask(config.target()));
            SourceRead read = await(here);
            return new PlanInput(
                    read.inventory(),
                    await(there),
                    read.recordsLastHour(),
                    read.dynamicListeners(),
                    await(sourceMsk),
                    await(targetMsk));
        } finally {
            threads.shutdownNow();
        }
    }

    private record SourceRead(
            ClusterInventory inventory,
            Reading<Map<TopicName, Long>> recordsLastHour,
            Reading<List<Integer>> dynamicListeners) {}

    private SourceRead source(Supplier<Admin> client) throws InterruptedException {
        AdminCalls calls = new AdminCalls(ClusterSide.SOURCE);
        Admin admin = calls.connect(client);
        ClusterInventory inventory = inventory(admin, ClusterSide.SOURCE);
        return new SourceRead(
                inventory,
                new RateReader(admin, calls, surroundings.sleeper()::sleep)
                        .lastHour(
                                new TopicSelector(config.topics()).selected(inventory),
                                surroundings.clock().instant()),
                new ListenerReader(admin, calls).dynamic(inventory.brokers()));
    }

    private ClusterInventory inventory(Admin admin, ClusterSide side) throws InterruptedException {
        return new InventoryReader(admin, side, surroundings.sleeper()::sleep).read();
    }

    private static <T> T await(Future<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KraftliftFailure failure) {
                throw failure;
            }
            throw new InvariantBroken(FailureName.DEFECT, "reading for the plan failed in an unforeseen way", e);
        }
    }
}
