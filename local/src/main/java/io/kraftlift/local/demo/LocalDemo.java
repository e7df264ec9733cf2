package io.kraftlift.local.demo;

import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.statemachine.Decision;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A demonstration on a thread of its own, with answers that come from outside. */
public final class LocalDemo implements DemoSession {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Demo demo;
    private final DemoOptions options;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<DemoSummary> summary = new CompletableFuture<>();
    private final Thread runner;

    private record Answer(Gate gate, Decision decision) {}

    private LocalDemo(Demo demo, DemoOptions options) {
        this.demo = demo;
        this.options = options;
        this.runner = new Thread(this::run, "demo");
        runner.setDaemon(true);
    }

    /**
     * A starter of demonstrations.
     *
     * @param home the project's root folder, where the class paths of brokers and worker were built
     */
    public static DemoStarter below(Path home, Surroundings surroundings) {
        return options -> {
            LocalDemo session = new LocalDemo(new Demo(home, options, surroundings), options);
            session.runner.start();
            return session;
        };
    }

    private void run() {
        try {
            summary.complete(demo.run(
                    options.approval() == DemoOptions.Approval.GIVEN
                            ? (gate, stillOpen) -> Optional.of(Decision.APPROVE)
                            : this::answerFor));
        } catch (InterruptedException | RuntimeException | Error e) {
            summary.completeExceptionally(e);
        }
    }

    private Optional<Decision> answerFor(OpenedGate gate, BooleanSupplier stillOpen) throws InterruptedException {
        answers.clear();
        while (stillOpen.getAsBoolean()) {
            Answer answer = answers.poll(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            if (answer != null && answer.gate() == gate.gate()) {
                return Optional.of(answer.decision());
            }
        }
        return Optional.empty();
    }

    @Override
    public ProgressSnapshot snapshot() {
        return demo.snapshot();
    }

    @Override
    public void decide(Gate gate, Decision decision) {
        answers.add(new Answer(gate, decision));
    }

    @Override
    public Optional<DemoSummary> await(Duration timeout) throws InterruptedException {
        try {
            return Optional.of(summary.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }

    /** Ends every process of the run; with {@code Ending.KEEP}, not before this thread is interrupted. */
    @Override
    public void close() {
        try {
            if (options.ending() == DemoOptions.Ending.KEEP && summary.isDone()) {
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            runner.interrupt();
            demo.close();
        }
    }
}
