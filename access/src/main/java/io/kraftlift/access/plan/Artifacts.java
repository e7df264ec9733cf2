package io.kraftlift.access.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kraftlift.access.config.ReadConfig;
import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PlanInput;
import io.kraftlift.core.plan.artifacts.AwsScript;
import io.kraftlift.core.plan.artifacts.CostEstimate;
import io.kraftlift.core.plan.artifacts.CostEstimator;
import io.kraftlift.core.plan.artifacts.Dossier;
import io.kraftlift.core.plan.artifacts.Policies;
import io.kraftlift.core.plan.artifacts.PriceList;
import io.kraftlift.core.plan.artifacts.Runbook;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The six artifacts of a plan as bytes. The same plan, configuration, answers and prices give the same bytes.
 *
 * @param files all six
 * @param cost the estimate that {@code cost-estimate.json} holds
 */
public record Artifacts(Map<Artifact, byte[]> files, CostEstimate cost, Dossier dossier) {
    private static final Pattern SECRET = Pattern.compile("\\$\\{secret:([^#}\"]+)#");

    public Artifacts {
        files = Collections.unmodifiableMap(new EnumMap<>(files));
    }

    /** Writes them. */
    public static Artifacts of(MigrationPlan plan, ReadConfig config, PlanInput input, PriceList prices) {
        Dossier dossier = new Dossier(plan, config.config(), input, prices, secretArns(config.redactedJson()));
        CostEstimate cost = CostEstimator.estimate(dossier);
        return new Artifacts(
                Map.of(
                        Artifact.PLAN, Documents.write(plan),
                        Artifact.RUNBOOK, text(Runbook.write(dossier, cost)),
                        Artifact.AWS_CLI, text(AwsScript.write(dossier)),
                        Artifact.POLICY_TEMPLATED, indented(Policies.templated()),
                        Artifact.POLICY_CONCRETE, indented(Policies.concrete(dossier)),
                        Artifact.COST, indented(cost)),
                cost,
                dossier);
    }

    /** One of them. */
    public byte[] content(Artifact artifact) {
        return Objects.requireNonNull(files.get(artifact), "there are all six");
    }

    /** The secrets that a configuration refers to, by its references, which stay in its redacted form. */
    private static NavigableSet<String> secretArns(String redactedJson) {
        NavigableSet<String> arns = new TreeSet<>();
        Matcher reference = SECRET.matcher(redactedJson);
        while (reference.find()) {
            arns.add(reference.group(1));
        }
        return arns;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** For people to read; line ends are the same everywhere. */
    private static byte[] indented(Object document) {
        try {
            String json = Documents.mapper().writer(new LinesOfJson()).writeValueAsString(document);
            return text(json + '\n');
        } catch (JsonProcessingException e) {
            throw new InvariantBroken(
                    FailureName.DEFECT, "a " + document.getClass().getName() + " cannot be written as JSON", e);
        }
    }
}
