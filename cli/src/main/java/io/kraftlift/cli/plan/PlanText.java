package io.kraftlift.cli.plan;

import io.kraftlift.access.plan.Artifacts;
import io.kraftlift.cli.screen.Quantities;
import io.kraftlift.core.plan.InPlaceVerdict;
import io.kraftlift.core.plan.MigrationPlan;
import io.kraftlift.core.plan.PhaseEstimate;
import io.kraftlift.core.plan.artifacts.Alternative;
import io.kraftlift.core.plan.artifacts.PlanSummary;
import io.kraftlift.core.stores.Sha256;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plan for the terminal, and for programs that read what the command prints. */
final class PlanText {
    private final Artifacts artifacts;
    private final MigrationPlan plan;
    private final Sha256 digest;
    private final List<String> files;

    PlanText(Artifacts artifacts, Sha256 digest, List<String> files) {
        this.artifacts = artifacts;
        this.plan = artifacts.dossier().plan();
        this.digest = digest;
        this.files = files;
    }

    /** What {@code --json} prints. */
    record Document(
            String migration,
            Sha256 planSha256,
            PlanSummary summary,
            List<PhaseEstimate> estimates,
            InPlaceVerdict inPlace,
            List<Alternative> alternatives,
            BigDecimal costLowUsd,
            BigDecimal costHighUsd,
            List<String> remarks,
            List<String> files) {}

    Document document() {
        return new Document(
                plan.migration().value(),
                digest,
                PlanSummary.of(plan),
                plan.estimates(),
                plan.inPlace(),
                Alternative.of(artifacts.dossier(), artifacts.cost()),
                artifacts.cost().lowUsd(),
                artifacts.cost().highUsd(),
                plan.remarks(),
                files);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>(PlanSummary.of(plan).lines());
        lines.add("");
        lines.add("estimated time, without the time until somebody approves:");
        plan.estimates()
                .forEach(estimate -> lines.add("  " + padded(estimate.phase().word()) + seconds(estimate.lowSeconds())
                        + " to " + seconds(estimate.highSeconds())));
        lines.add("estimated cost: USD " + artifacts.cost().lowUsd() + " to "
                + artifacts.cost().highUsd() + " (prices of " + artifacts.cost().region() + ")");
        lines.add("");
        inPlace(lines);
        Alternative.of(artifacts.dossier(), artifacts.cost()).forEach(way -> alternative(way, lines));
        if (!plan.remarks().isEmpty()) {
            lines.add("");
            lines.add("could not be read:");
            plan.remarks().forEach(remark -> lines.add("  " + remark));
        }
        lines.add("");
        lines.add("plan sha256:" + digest);
        files.forEach(file -> lines.add("wrote " + file));
        return lines;
    }

    private void inPlace(List<String> lines) {
        plan.inPlace()
                .fold(
                        eligible -> lines.add("in-place conversion: possible, to " + eligible.version() + ":\n  "
                                + eligible.command() + "\n  look first: "
                                + String.join("; ", eligible.unseen())),
                        notEligible -> lines.add("in-place conversion: not possible:\n  "
                                + String.join("\n  ", notEligible.obstacles())),
                        unknown -> lines.add("in-place conversion: could not be told: " + unknown.why()));
    }

    private static void alternative(Alternative way, List<String> lines) {
        lines.add(way.way());
        lines.add("  time      " + way.time());
        lines.add("  freeze    " + way.freeze());
        lines.add("  way back  " + way.wayBack());
        lines.add("  offsets   " + way.offsets());
        lines.add("  proof     " + way.proof());
        lines.add("  money     " + way.money());
    }

    private static String padded(String word) {
        return word + " ".repeat(Math.max(1, 16 - word.length()));
    }

    private static String seconds(long seconds) {
        return Quantities.duration(Duration.ofSeconds(seconds));
    }
}
