package io.kraftlift.access.cutover;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.metrics.MetricLines;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.cutover.Freeze;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The one object that says whether producers are frozen and whether the cutover holds, {@code results/freeze.json}. */
final class FreezeObject {
    static final String NAME = "freeze";

    private static final double MILLIS = 1000;

    /** An execution that is alive begins to let producers go on at the deadline, and needs this long to come to it. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final MigrationRun run;

    FreezeObject(MigrationRun run) {
        this.run = run;
    }

    Optional<Freeze> find() {
        return run.find(run.objects().result(NAME), Freeze.class);
    }

    /**
     * The freeze, for a step of the frozen window.
     *
     * @throws OperatorActionNeeded DRAIN_TIMED_OUT when it is not proven, was given up, or has lasted too long
     */
    Freeze requireProven(String step) {
        Freeze freeze = find().orElseThrow(() -> new OperatorActionNeeded(
                FailureName.FREEZE_NOT_PROVEN, step + ": no producer freeze was begun; approve the cutover again"));
        freeze.requireProven(now(), step);
        return freeze;
    }

    /**
     * Lets a step go on that gives the cutover up.
     *
     * @throws OperatorActionNeeded COMMIT_ALREADY_MADE, with the way back explained
     */
    void requireNotCommitted(String step) {
        CutoverProgress.requireNotCommitted(run, step);
    }

    /** Writes the intent before anybody is asked, so that the safety net knows. Repeated, it goes on with the attempt. */
    Freeze request(Duration longest) {
        return change(present -> {
            if (present.isEmpty()) {
                return Freeze.first(now(), longest);
            }
            Freeze freeze = present.get();
            boolean isUnderWay = freeze.state() == FreezeState.REQUESTED || freeze.state() == FreezeState.PROVEN;
            return isUnderWay && freeze.remaining(now()).compareTo(Duration.ZERO) > 0
                    ? freeze
                    : freeze.next(now(), longest);
        });
    }

    Freeze proven() {
        return changePresent(freeze -> freeze.state() == FreezeState.PROVEN ? freeze : freeze.proven(now()));
    }

    Freeze committed() {
        return changePresent(freeze -> freeze.isCommitted() ? freeze : freeze.committed(now()));
    }

    /** Puts a held freeze out of reach of a commit. One that somebody else released meanwhile stays as it is. */
    Freeze releasing() {
        return changePresent(freeze -> freeze.state() == FreezeState.RELEASED ? freeze : freeze.releasing());
    }

    /** Notes a release down, unless somebody else did, after which even another attempt may have begun. */
    Freeze released(int attempt) {
        return changePresent(freeze -> freeze.attempt() != attempt || freeze.state() == FreezeState.RELEASED
                ? freeze
                : freeze.released(now()));
    }

    /** How to refer to the object as it was written. */
    ObjectReference referenceTo(Freeze freeze) {
        return new ObjectReference(
                run.backup().root().resolve(run.objects().result(NAME).value()), Sha256.of(Documents.write(freeze)));
    }

    private Freeze changePresent(UnaryOperator<Freeze> change) {
        return change(present -> change.apply(present.orElseThrow()));
    }

    private Freeze change(Function<Optional<Freeze>, Freeze> change) {
        Freeze freeze = ObjectChange.apply(
                run, run.objects().result(NAME), Freeze.class, present -> Optional.of(change.apply(present)));
        count(freeze);
        return freeze;
    }

    private void count(Freeze freeze) {
        MetricLines metrics = MetricLines.of(run.surroundings());
        metrics.count(
                MetricName.FREEZE_AGE,
                Duration.between(freeze.requestedAt(), now()).toMillis() / MILLIS);
        boolean overdue = freeze.remaining(now()).plus(GRACE).compareTo(Duration.ZERO) < 0;
        if (freeze.state() == FreezeState.RELEASING && overdue) {
            metrics.count(MetricName.FROZEN_TOO_LONG, 1);
        }
    }

    private Instant now() {
        return run.surroundings().clock().instant();
    }
}
