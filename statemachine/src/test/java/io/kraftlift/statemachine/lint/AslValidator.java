package io.kraftlift.statemachine.lint;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The npm package asl-validator, in the version that the project's package-lock.json pins. It is installed into the
 * project's {@code node_modules} on first use. Where there is no Node or the package cannot be installed, the calling
 * test is skipped and says so.
 */
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
    private static final int SECONDS = 120;

    private final Path root;
    private final Path script;

    private AslValidator(Path root, Path script) {
        this.root = root;
        this.script = script;
    }

    /** Installs it when it is missing. */
    public static synchronized AslValidator installed() {
        Path root = Path.of(System.getProperty("kraftlift.home", "..")).toAbsolutePath();
        Path script = root.resolve("node_modules/asl-validator/dist/bin/asl-validator.js");
        assumeTrue(run(root, List.of("node", "--version")).succeeded(), "skipped: node is not installed");
        if (!Files.exists(script)) {
            Outcome install = run(root, List.of("npm", "ci", "--no-audit", "--no-fund"));
            assumeTrue(install.succeeded(), "skipped: npm ci does not work here: " + install.text());
        }
        return new AslValidator(root, script);
    }

    /** Validates a JSON file of the States Language. */
    public Verdict validate(Path definition) {
        Path absolute = definition.toAbsolutePath();
        Outcome outcome = run(root, List.of("node", script.toString(), "--json-path", absolute.toString()));
        if (outcome.exit() != ACCEPTED && outcome.exit() != REFUSED) {
            throw new AssertionError("asl-validator broke with exit code " + outcome.exit() + ": " + outcome.text());
        }
        return new Verdict(outcome.exit() == ACCEPTED, outcome.text());
    }

    private record Outcome(int exit, String text) {
        boolean succeeded() {
            return exit == 0;
        }
    }

    private static Outcome run(Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile("asl-validator", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Outcome(-1, "no end after " + SECONDS + " s");
                }
                return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(-1, "interrupted");
        } catch (IOException e) {
            return absent(e);
        }
    }

    /** A program that is not there shows as an exception of the start. */
    private static Outcome absent(IOException e) {
        if (String.valueOf(e.getMessage()).startsWith("Cannot run program")) {
            return new Outcome(-1, String.valueOf(e.getMessage()));
        }
        throw new UncheckedIOException(e);
    }
}
