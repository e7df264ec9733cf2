package io.kraftlift.testkit.node;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The npm packages that the project's package-lock.json pins. They are installed into the project's {@code node_modules}
 * when one is missing. Where there is no Node or they cannot be installed, the calling test is skipped and says so.
 */
public final class NodePackages {
    /**
     * How a program ended.
     *
     * @param exit its exit status; -1 when it could not be started or did not end
     * @param text everything that it wrote
     */
    public record Outcome(int exit, String text) {
        public boolean succeeded() {
            return exit == 0;
        }
    }

    private static final int SECONDS = 120;

    private final Path root;

    private NodePackages(Path root) {
        this.root = root;
    }

    /** Installs them when one of the named is missing. */
    public static synchronized NodePackages installed(List<String> packages) {
        Path root = Path.of(System.getProperty("kraftlift.home", "..")).toAbsolutePath();
        assumeTrue(start(root, List.of("node", "--version")).succeeded(), "skipped: node is not installed");
        boolean there = packages.stream()
                .allMatch(name -> Files.exists(root.resolve("node_modules").resolve(name)));
        if (!there) {
            Outcome install = start(root, List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            assumeTrue(install.succeeded(), "skipped: npm ci does not work here: " + install.text());
        }
        return new NodePackages(root);
    }

    /** Runs a script in the project's folder. */
    public Outcome run(Path script, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("node", script.toString()));
        command.addAll(arguments);
        return start(root, command);
    }

    private static Outcome start(Path folder, List<String> command) {
        try {
            Path output = Files.createTempFile("node", ".log");
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
