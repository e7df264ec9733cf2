package io.kraftlift.cli.verify;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.cli.CommandFailure;
import io.kraftlift.cli.ExitCode;
import io.kraftlift.cli.RootCommand;
import io.kraftlift.cli.Terminal;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.evidence.VerificationResult.GenuineHistory;
import io.kraftlift.core.evidence.VerificationResult.Refused;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.validation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kraftlift verify}: offline, and nothing in the file is believed before it is shown. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks the signature of an evidence file and of every history-*.json beside it, offline.")
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EVIDENCE", description = "The file evidence.json, or a history-*.json.")
    private Path evidence = Path.of("evidence.json");

    @Option(
            names = "--key-id",
            paramLabel = "ID",
            description = "Accept this key only: the SHA-256 that the signer published.")
    private @Nullable String keyId;

    public VerifyCommand(Terminal terminal, RootCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public Integer call() {
        byte[] content = content();
        @Nullable Sha256 expected = expectedKey();
        return EvidenceVerifier.verify(content, expected)
                .fold(genuine -> accept(genuine, expected), this::accept, this::refuse)
                .number();
    }

    private ExitCode accept(Genuine genuine, @Nullable Sha256 expected) {
        List<HistoryFile> histories = HistoryFile.beside(evidence, genuine, expected);
        if (root.json()) {
            Map<String, Object> members = VerificationText.members(genuine);
            members.put(
                    "histories",
                    histories.stream()
                            .map(history -> {
                                Map<String, Object> one = history.result()
                                        .fold(
                                                VerificationText::members,
                                                VerificationText::members,
                                                VerificationText::members);
                                one.put("file", String.valueOf(history.file().getFileName()));
                                return one;
                            })
                            .toList());
            terminal.out().println(Documents.writeText(members));
        } else {
            VerificationText.of(evidence, genuine, aboutTheKey()).forEach(terminal.out()::println);
        }
        ExitCode ofEvidence = genuine.validation().equals(Outcome.FAILED.name()) ? ExitCode.CHECKS_FAILED : ExitCode.OK;
        return Stream.concat(Stream.of(ofEvidence), histories.stream().map(history -> accept(history, genuine)))
                .max(Comparator.comparingInt(VerifyCommand::weight))
                .orElseThrow();
    }

    /** That a proof is refused weighs more than what the proof says. */
    private static int weight(ExitCode code) {
        return List.of(ExitCode.OK, ExitCode.CHECKS_WARNED, ExitCode.CHECKS_FAILED, ExitCode.VERIFICATION_REFUSED)
                .indexOf(code);
    }

    private ExitCode accept(HistoryFile history, Genuine genuine) {
        return history.result()
                .fold(
                        unexpected -> ExitCode.VERIFICATION_REFUSED,
                        found -> {
                            boolean sameKey = found.keyId().equals(genuine.keyId());
                            if (!root.json()) {
                                VerificationText.of(
                                                history.file(),
                                                found,
                                                sameKey ? "" : "  (ANOTHER KEY than the evidence's)")
                                        .forEach(terminal.out()::println);
                            }
                            return sameKey ? ExitCode.OK : ExitCode.CHECKS_WARNED;
                        },
                        refused -> {
                            if (!root.json()) {
                                say(history.file(), refused);
                            }
                            return ExitCode.VERIFICATION_REFUSED;
                        });
    }

    private ExitCode accept(GenuineHistory history) {
        if (root.json()) {
            terminal.out().println(Documents.writeText(VerificationText.members(history)));
        } else {
            VerificationText.of(evidence, history, aboutTheKey()).forEach(terminal.out()::println);
        }
        return ExitCode.OK;
    }

    private ExitCode refuse(Refused refused) {
        if (root.json()) {
            terminal.out().println(Documents.writeText(VerificationText.members(refused)));
        } else {
            say(evidence, refused);
        }
        return ExitCode.VERIFICATION_REFUSED;
    }

    private void say(Path file, Refused refused) {
        terminal.err().println("kraftlift: " + file + ": refused: " + refused.reason());
    }

    private String aboutTheKey() {
        return keyId == null ? "  (any key was accepted; --key-id demands one)" : "";
    }

    private @Nullable Sha256 expectedKey() {
        if (keyId == null) {
            return null;
        }
        try {
            return new Sha256(keyId);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec, "picocli injects it").commandLine(),
                    "--key-id: must be 64 lower-case hexadecimal digits, was \"" + keyId + "\"",
                    e);
        }
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(evidence);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.NOTHING_THERE,
                    evidence + ": must be a readable file, was not ("
                            + e.getClass().getSimpleName() + "); give the path of evidence.json",
                    e);
        }
    }
}
