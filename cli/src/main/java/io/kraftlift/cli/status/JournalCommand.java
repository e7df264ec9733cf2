package io.kraftlift.cli.status;

import io.kraftlift.access.journal.JournalEntry;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift journal}: the account of a run, a line an entry. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Shows the append-only account of a run: its phases, and what happened in them.")
public final class JournalCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Surroundings surroundings;
    private final RootCommand root;

    @Mixin
    private RunOptions options = new RunOptions();

    public JournalCommand(Terminal terminal, Surroundings surroundings, RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(surroundings)) {
            List<JournalEntry> entries = found.run().journal().entries();
            if (root.json()) {
                terminal.out().println(Documents.writeText(entries));
            } else {
                entries.stream().map(JournalEntry::line).forEach(terminal.out()::println);
                if (found.deployment().isPresent()) {
                    // On the error stream, so that the output stays the account.
                    new AwsEquals(found).ofJournal().forEach(terminal.err()::println);
                }
            }
            return ExitCode.OK.number();
        }
    }
}
