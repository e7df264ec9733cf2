package io.kraftlift.cli.topology;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.access.topology.TopologyPreview;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.cli.runs.FoundRun;
import io.kraftlift.cli.runs.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift topology}: reads both clusters, prints the steps in order, changes nothing. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description = "Shows what the topology copy would do on the target, step by step. Changes nothing.")
public final class TopologyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Surroundings surroundings;
    private final RootCommand root;

    @Mixin
    private RunOptions options = new RunOptions();

    public TopologyCommand(Terminal terminal, Surroundings surroundings, RootCommand root) {
        this.terminal = terminal;
        this.surroundings = surroundings;
        this.root = root;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (FoundRun found = options.find(surroundings)) {
            TopologyPreview preview = TopologyPreview.of(found.run());
            if (root.json()) {
                terminal.out().println(Documents.writeText(preview));
            } else {
                TopologyText.lines(preview).forEach(terminal.out()::println);
            }
            return ExitCode.OK.number();
        }
    }
}
