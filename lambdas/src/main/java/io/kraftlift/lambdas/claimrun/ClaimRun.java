package io.kraftlift.lambdas.claimrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.config.SettingChange;
import io.kraftlift.access.cutover.CutoverProgress;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.ownership.MigrationLease;
import io.kraftlift.access.ownership.MigrationLease.Claimant;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.CutoverSettings;
import io.kraftlift.core.config.ValidationMode;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.statemachine.Mode;
import io.kraftlift.statemachine.payloads.ClaimRunRequest;
import io.kraftlift.statemachine.payloads.ClaimRunResult;
import io.kraftlift.statemachine.payloads.MachineTimings;
import io.kraftlift.statemachine.payloads.RunReference;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes an execution the owner of its migration, and opens the journal. */
public final class ClaimRun {
    /** A poll costs nine events of the child's history, which holds 25,000: nearly four hours of polls. */
    private static final long SLOWEST_POLL_SECONDS = 5;

    private final MigrationRun run;
    private final OwnerStatus owners;

    public ClaimRun(MigrationRun run, OwnerStatus owners) {
        this.run = run;
        this.owners = owners;
    }

    /**
     * Claims. A PLAN_ONLY execution changes nothing on the clusters, so it takes no lease; it is refused where another
     * execution has one, whose plan it would replace.
     */
    public ClaimRunResult claim(ClaimRunRequest request) {
        return request.mode() == Mode.PLAN_ONLY ? planOnly(request) : claimed(request);
    }

    private ClaimRunResult planOnly(ClaimRunRequest request) {
        Optional<MigrationLease> lease = new Claim(run, owners).check(request.execution());
        append(run, Phase.PLANNED, facts(request, lease.isPresent()));
        return result(request, request.run(), false, false, CutoverProgress.NOT_COMMITTED);
    }

    private ClaimRunResult claimed(ClaimRunRequest request) {
        Claimant claimant = new Claimant(
                request.execution(),
                request.run().config(),
                run.fingerprint(),
                settings(),
                run.surroundings().clock().instant());
        Claim.Outcome outcome = new Claim(run, owners).take(claimant, request.mode());
        MigrationLease lease = outcome.lease();
        MigrationRun current = run.inRestart(lease.restart());
        CutoverProgress cutover = CutoverProgress.of(current);
        boolean resumed = lease.generation() > 1;
        Map<String, String> facts = facts(request, resumed);
        if (!outcome.accepted().isEmpty()) {
            facts.put(
                    "changed",
                    outcome.accepted().stream().map(SettingChange::toString).collect(Collectors.joining("; ")));
        }
        append(current, phase(cutover), facts);
        RunReference reference = request.run().claimed(lease.generation(), lease.restart());
        return result(request, reference, resumed, lease.clearing(), cutover);
    }

    private Map<String, String> facts(ClaimRunRequest request, boolean resumed) {
        return new TreeMap<>(Map.of(
                "execution",
                request.execution(),
                "mode",
                request.mode().name(),
                "fingerprint",
                run.fingerprint().hex(),
                "resumed",
                Boolean.toString(resumed)));
    }

    private static void append(MigrationRun run, Phase phase, Map<String, String> facts) {
        run.journal().append(phase, "migration claimed", facts);
    }

    /** The phase that the states after it begin with. */
    private static Phase phase(CutoverProgress cutover) {
        return switch (cutover) {
            case NOT_COMMITTED -> Phase.PLANNED;
            case COMMITTED -> Phase.AWAITING_CLIENT_SWITCH;
            case SWITCHED -> Phase.VALIDATING;
        };
    }

    private ClaimRunResult result(
            ClaimRunRequest request, RunReference claimed, boolean resumed, boolean clear, CutoverProgress cutover) {
        return new ClaimRunResult(
                claimed,
                request.mode(),
                resumed,
                clear,
                cutover.name(),
                run.fingerprint().hex(),
                timings(run.config().cutover()),
                run.config().validation().mode() == ValidationMode.FULL,
                run.config().cutover().producerFreezeWebhook() == null);
    }

    private JsonNode settings() {
        try {
            return Documents.mapper().readTree(run.redactedConfig());
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(FailureName.DEFECT, "the redacted configuration must be JSON, was not", e);
        }
    }

    /** The lag is looked at twice in the stable window, and every {@value #SLOWEST_POLL_SECONDS} seconds at least. */
    private static MachineTimings timings(CutoverSettings cutover) {
        return new MachineTimings(
                seconds(cutover.drainTimeout()),
                Math.min(
                        SLOWEST_POLL_SECONDS,
                        seconds(cutover.drainStableWindow().dividedBy(2))),
                seconds(cutover.approvalTimeout()),
                seconds(cutover.maxProducerFreeze()));
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }
}
