package io.kraftlift.statemachine.lint;

import io.kraftlift.testkit.node.NodePackages;
import io.kraftlift.testkit.node.NodePackages.Outcome;
import java.nio.file.Path;
import java.util.List;

/** The npm package asl-validator. Where there is no Node, the calling test is skipped and says so. */
public final class AslValidator {
    /**
     * What it says about one file.
     *
     * @param valid whether the definition is accepted
     * @param text its own words
     */
    public record Verdict(boolean valid, String text) {}

    private static final int ACCEPTED = 0;
    private static final int REFUSED = 1;
    private static final Path SCRIPT = Path.of("node_modules/asl-validator/dist/bin/asl-validator.js");

    private final NodePackages packages;

    private AslValidator(NodePackages packages) {
        this.packages = packages;
    }

    /** Installs it when it is missing. */
    public static AslValidator installed() {
        return new AslValidator(NodePackages.installed(List.of("asl-validator")));
    }

    /** Validates a JSON file of the States Language. */
    public Verdict validate(Path definition) {
        Path absolute = definition.toAbsolutePath();
        Outcome outcome = packages.run(SCRIPT, List.of("--json-path", absolute.toString()));
        if (outcome.exit() != ACCEPTED && outcome.exit() != REFUSED) {
            throw new AssertionError("asl-validator broke with exit code " + outcome.exit() + ": " + outcome.text());
        }
        return new Verdict(outcome.exit() == ACCEPTED, outcome.text());
    }
}
