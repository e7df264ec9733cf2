package io.kraftlift.cli.gates;

import io.kraftlift.cli.runs.RunOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every decision. */
final class DecisionOptions {
    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--yes", description = "Decide without a question.")
    private boolean yes;

    @Option(names = "--ticket", paramLabel = "TICKET", description = "The change ticket; it goes into the evidence.")
    private @Nullable String ticket;

    DecisionOptions() {}

    RunOptions run() {
        return run;
    }

    Deciding.Manner manner() {
        return new Deciding.Manner(ticket == null ? "" : ticket, yes);
    }
}
