package io.kraftlift.cli;

import io.kraftlift.access.json.Documents;
import io.kraftlift.access.signing.EvidenceVerifier;
import io.kraftlift.core.evidence.VerificationResult;
import io.kraftlift.core.evidence.VerificationResult.Genuine;
import io.kraftlift.core.evidence.VerificationResult.Refused;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.validation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
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
        description = "Checks the signature of an evidence file, offline.")
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "EVIDENCE", description = "The file evidence.json.")
    private Path evidence = Path.of("evidence.json");

    @Option(
            names = "--key-id",
            paramLabel = "ID",
            description = "Accept this key only: the SHA-256 that the signer published.")
    private @Nullable String keyId;

    VerifyCommand(Terminal terminal, RootCommand root) {
        this.terminal = terminal;
        this.root = root;
    }

    @Override
    public Integer call() {
        VerificationResult result = EvidenceVerifier.verify(content(), expectedKey());
        return result.fold(this::accept, this::refuse).number();
    }

    private ExitCode accept(Genuine genuine) {
        boolean failed = genuine.validation().equals(Outcome.FAILED.name());
        if (root.json()) {
            terminal.out()
                    .println(Documents.writeText(Map.of(
                            "genuine", true,
                            "key_id", genuine.keyId(),
                            "migration", genuine.migration(),
                            "validation", genuine.validation(),
                            "bundle_sha256", genuine.bundleSha256())));
        } else {
            terminal.out().println("genuine: " + evidence);
            terminal.out().println("  migration   " + genuine.migration());
            terminal.out().println("  validation  " + genuine.validation());
            terminal.out().println("  bundle      sha256:" + genuine.bundleSha256());
            terminal.out()
                    .println("  signed by   " + genuine.keyId()
                            + (keyId == null ? "  (any key was accepted; --key-id demands one)" : ""));
        }
        return failed ? ExitCode.CHECKS_FAILED : ExitCode.OK;
    }

    private ExitCode refuse(Refused refused) {
        if (root.json()) {
            terminal.out().println(Documents.writeText(Map.of("genuine", false, "reason", refused.reason())));
        } else {
            terminal.err().println("kraftlift: " + evidence + ": refused: " + refused.reason());
        }
        return ExitCode.VERIFICATION_REFUSED;
    }

    private @Nullable Sha256 expectedKey() {
        if (keyId == null) {
            return null;
        }
        try {
            return new Sha256(keyId);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    java.util.Objects.requireNonNull(spec, "picocli injects it").commandLine(),
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
