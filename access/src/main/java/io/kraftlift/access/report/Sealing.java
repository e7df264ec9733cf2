package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.signing.EvidenceFile;
import io.kraftlift.access.signing.EvidenceSealer;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.evidence.SignedEvidence;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import io.kraftlift.core.validation.Outcome;
import io.kraftlift.core.validation.ValidationReport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last step: releases the holds, signs the account, stores it once, locked where the store can lock, renders it, and
 * closes the journal.
 *
 * <p>Evidence is never replaced. A repeated step finds its own and keeps it; a step that follows another validation
 * stores its evidence beside the earlier, as {@code evidence-2.json}, {@code evidence-3.json} and so on.
 */
public final class Sealing {
    /** Each is the end of a night; more than these is a loop. */
    private static final int MOST_ATTEMPTS = 100;

    private final MigrationRun run;
    private final CleanupHolds holds;
    private final EvidenceStore kept;

    public Sealing(MigrationRun run, CleanupHolds holds) {
        this.run = run;
        this.holds = holds;
        this.kept = new EvidenceStore(run);
    }

    /** Where the evidence lies and who signed it. */
    public record Sealed(URI evidence, URI report, Sha256 keyId, Outcome outcome) {}

    /**
     * Seals.
     *
     * @throws OperatorActionNeeded VALIDATION_FAILED when a check failed, after everything was stored and with the
     *     holds still in place, so that nothing is removed from the target while it is looked into
     * @throws InvariantBroken OBJECT_DAMAGED when the store has evidence of this migration that is not genuine
     */
    public Sealed seal() throws InterruptedException {
        ValidationReport validation = run.read(run.objects().result("validation"), ValidationReport.class);
        boolean passed = validation.overall() != Outcome.FAILED;
        if (passed) {
            holds.releaseCleanupHolds(run);
        }
        Stored stored = store(validation, passed);
        ObjectKey page = run.objects().evidence(documentName("report", stored.number(), ".html"));
        kept.putIfAbsent(page, ReportPage.render(stored.evidence()));
        Sealed sealed = new Sealed(
                run.evidence().root().resolve(stored.key().value()),
                run.evidence().root().resolve(page.value()),
                stored.evidence().keyId(),
                validation.overall());
        run.journal()
                .append(
                        passed ? Phase.FINALIZED : Phase.FAILED,
                        "the evidence was signed and stored",
                        Map.of(
                                "evidence", sealed.evidence().toString(),
                                "key_id", sealed.keyId().hex(),
                                "locked_for",
                                        kept.lockedFor().map(Object::toString).orElse("none"),
                                "outcome", sealed.outcome().name()));
        if (!passed) {
            throw new OperatorActionNeeded(
                    FailureName.VALIDATION_FAILED,
                    "a check of the validation failed; the evidence says which and why: " + sealed.report()
                            + "; the source is untouched and the holds on the target are kept; settle what failed,"
                            + " then redrive the execution from the validation");
        }
        return sealed;
    }

    private record Stored(int number, ObjectKey key, SignedEvidence evidence) {}

    private Stored store(ValidationReport validation, boolean passed) {
        byte @Nullable [] made = null;
        for (int number = 1; number <= MOST_ATTEMPTS; number++) {
            ObjectKey key = run.objects().evidence(documentName("evidence", number, ".json"));
            Optional<StoredObject> there = run.evidence().get(key);
            if (there.isEmpty()) {
                made = made == null ? make(passed) : made;
                if (kept.putIfAbsent(key, made)) {
                    return new Stored(number, key, evidenceOf(made, key));
                }
                there = run.evidence().get(key);
            }
            SignedEvidence earlier = evidenceOf(
                    there.orElseThrow(() -> damaged(key, "it was there and is gone"))
                            .content(),
                    key);
            if (isAbout(earlier, validation)) {
                return new Stored(number, key, earlier);
            }
        }
        throw new OperatorActionNeeded(
                FailureName.VALIDATION_FAILED,
                run.evidence().root() + ": has " + MOST_ATTEMPTS + " files of evidence of " + run.migration()
                        + " already; start a migration under another id");
    }

    private byte[] make(boolean passed) {
        ArrayNode released = Documents.mapper().createArrayNode();
        if (passed) {
            run.find(run.objects().result("topology"), JsonNode.class)
                    .ifPresent(topology -> topology.path("topics")
                            .forEach(topic -> topic.path("holds").forEach(released::add)));
        }
        ObjectNode account =
                new MigrationAccount(run).gather(run.surroundings().clock().instant(), released);
        return EvidenceSealer.seal(account, EvidenceKey.of(run));
    }

    /** Whether stored evidence is that of this very validation. */
    private static boolean isAbout(SignedEvidence evidence, ValidationReport validation) {
        return bundleOf(evidence)
                .at("/validation/at")
                .asText()
                .equals(validation.at().toString());
    }

    private SignedEvidence evidenceOf(byte[] file, ObjectKey key) {
        VerificationResult result = EvidenceVerifier.verify(file, null);
        Genuine genuine = result.fold(
                yes -> yes,
                history -> {
                    throw damaged(key, "it is the history of " + history.execution());
                },
                refused -> {
                    throw damaged(key, refused.reason());
                });
        if (!genuine.migration().equals(run.migration().value())) {
            throw damaged(key, "it is of the migration " + genuine.migration());
        }
        try {
            return EvidenceFile.parse(file);
        } catch (IOException e) {
            throw damaged(key, String.valueOf(e.getMessage()));
        }
    }

    private InvariantBroken damaged(ObjectKey key, String why) {
        return new InvariantBroken(
                FailureName.OBJECT_DAMAGED,
                run.evidence().root() + key.value() + ": must be genuine evidence of " + run.migration() + ", but "
                        + why + "; nothing was changed");
    }

    static JsonNode bundleOf(SignedEvidence evidence) {
        return Documents.read(evidence.bundleJson().getBytes(StandardCharsets.UTF_8), JsonNode.class, "bundle_json");
    }

    private static String documentName(String stem, int number, String ending) {
        return number == 1 ? stem + ending : stem + "-" + number + ending;
    }
}
