package io.kraftlift.cli;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.failures.KraftliftFailure;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says on the error stream what went wrong, and chooses the exit code. Stack traces only with {@code --debug}. */
final class FailurePrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Terminal terminal;
    private final RootCommand root;

    FailurePrinter(Terminal terminal, RootCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        print(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        if (!root.json()) {
            CommandLine command = wrong.getCommandLine();
            CommandLine.UnmatchedArgumentException.printSuggestions(wrong, terminal.err());
            terminal.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.number();
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        ExitCode code = codeOf(failure);
        String message = Optional.ofNullable(failure.getMessage()).orElse("no message");
        print(
                code,
                code == ExitCode.DEFECT
                        ? failure.getClass().getSimpleName() + ": " + message
                                + "; this is a defect, run again with --debug and report it"
                        : message);
        if (root.debug()) {
            failure.printStackTrace(terminal.err());
        }
        return code.number();
    }

    private static ExitCode codeOf(Exception failure) {
        if (failure instanceof KraftliftFailure known) {
            return ExitCode.of(known);
        }
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        }
        return failure instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.DEFECT;
    }

    private void print(ExitCode code, String message) {
        if (root.json()) {
            terminal.out()
                    .println(Documents.writeText(
                            Map.of("error", message, "exit_code", code.number(), "exit", code.name())));
        } else {
            terminal.err().println((terminal.colours() ? "\u001b[31mkraftlift:\u001b[0m " : "kraftlift: ") + message);
        }
    }
}
