package io.kraftlift.access.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.cutover.FreezeState;
import io.kraftlift.core.cutover.ReleaseByHand;
import io.kraftlift.core.migration.Phase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a cutover that is given up when no webhook is configured. No cluster is asked. */
final class ProducersByHandTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String OURS = "arn:aws:states:eu-west-1:1:execution:kraftlift:ours";
    private static final String SENTENCE = "producers are to be let go on by hand";

    private final MigrationRun run;

    ProducersByHandTest(@TempDir Path directory) {
        run = Runs.open(
                directory,
                "localhost:1",
                "localhost:2",
                Runs.cutover(null, Duration.ofSeconds(60)),
                new Surroundings(Map.of(), Clock.fixed(NOW, ZoneOffset.UTC), duration -> {}, new SecureRandom()));
        run.write(run.objects().lease(), Map.of("owner", OURS));
    }

    @AfterEach
    void close() {
        run.close();
    }

    @Test
    void tellsThePersonOfTheAttemptWhoseFreezeIsGivenUp() throws InterruptedException {
        FreezeObject freezes = new FreezeObject(run);
        freezes.request(Duration.ofSeconds(60));
        freezes.proven();

        new Unfreeze(run).giveUp(new Cause("DRAIN_TIMED_OUT", "too slow"));

        assertThat(freezes.find().orElseThrow().state()).isEqualTo(FreezeState.RELEASED);
        assertThat(run.read(run.objects().result(ReleaseByHand.NAME), ReleaseByHand.class))
                .isEqualTo(new ReleaseByHand(NOW, 1));
        assertThat(run.journal().entries()).extracting(JournalEntry::what).containsExactly(SENTENCE, "unfreeze");
    }

    @Test
    void tellsThePersonAlsoWhenTheAttemptIsGivenUpBeforeItsFreeze() throws InterruptedException {
        new Unfreeze(run).giveUp(new Cause("REJECT", "put off"));

        assertThat(run.backup().get(run.objects().result(ReleaseByHand.NAME)))
                .hasValueSatisfying(stored -> assertThat(new String(stored.content(), StandardCharsets.UTF_8))
                        .isEqualTo("{\"at\":\"2026-03-04T05:06:07Z\"}"));
        assertThat(run.journal().entries()).extracting(JournalEntry::what).containsExactly(SENTENCE, "unfreeze");
    }

    @Test
    void tellsThePersonWhenTheExecutionIsCutShortWhileItWaitsForTheFreeze() throws InterruptedException {
        run.journal().append(Phase.DRAIN_READY, "cutover approved", Map.of("decision", "APPROVE"));

        new AbandonedRun(run).secure(OURS, "ABORTED");
        new AbandonedRun(run).secure(OURS, "ABORTED");

        assertThat(run.journal().entries())
                .extracting(JournalEntry::what)
                .containsExactly("cutover approved", SENTENCE, "execution ended");
    }

    @Test
    void tellsNobodyWhenTheExecutionIsCutShortLongBefore() throws InterruptedException {
        run.journal().append(Phase.SEED, "seed", Map.of());

        new AbandonedRun(run).secure(OURS, "FAILED");

        assertThat(run.backup().get(run.objects().result(ReleaseByHand.NAME))).isEmpty();
    }

    @Test
    void tellsNobodyWhenTheCutoverIsRejected() throws InterruptedException {
        run.journal().append(Phase.DRAIN_READY, "cutover rejected", Map.of("decision", "REJECT"));

        assertThat(MigrationHalt.of(run, "rolling back")).isFalse();

        assertThat(run.backup().get(run.objects().result(ReleaseByHand.NAME))).isEmpty();
    }
}
