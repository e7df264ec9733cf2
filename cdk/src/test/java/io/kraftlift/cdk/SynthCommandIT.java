package io.kraftlift.cdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line of the version that {@code package-lock.json} pins, without an account and with a Docker that fails whoever
 * calls it. It is installed into the project's {@code node_modules} on first use.
 */
class SynthCommandIT {
    /** Seconds where nothing else runs; a machine that is busy with other builds takes minutes. */
    private static final int SECONDS = 600;

    @TempDir
    private Path folder;

    @Test
    void makesTheTemplateAndItsAssets() throws Exception {
        Run run = synth(List.of("-c", "qualifier=orders"));

        assertThat(run.exit()).as(run.text()).isZero();
        assertThat(folder.resolve("out/kraftlift-orders.template.json")).exists();
        assertThat(folder.resolve("out/kraftlift-orders.assets.json"))
                .content()
                .contains("\"dockerImages\"", "linux/arm64");
    }

    @Test
    void refusesATypingErrorWithItsRemedy() throws Exception {
        Run run = synth(List.of("-c", "qualifer=orders"));

        assertThat(run.exit()).isNotZero();
        assertThat(run.text()).contains("context qualifer: is no setting; did you mean qualifier?");
    }

    private record Run(int exit, String text) {}

    private Run synth(List<String> more) throws IOException, InterruptedException {
        Path cdk = installed();
        Path packageOfFunctions = Files.writeString(folder.resolve("functions.zip"), "the functions");
        List<String> command = new ArrayList<>(List.of(
                "node",
                cdk.toString(),
                "synth",
                "--quiet",
                "--no-notices",
                "--output",
                folder.resolve("out").toString(),
                "--app",
                Path.of(System.getProperty("java.home"), "bin/java") + " -cp " + System.getProperty("java.class.path")
                        + " " + KraftliftApp.class.getName(),
                "-c",
                "functions_package=" + packageOfFunctions));
        command.addAll(more);
        return run(command);
    }

    private static Path installed() throws IOException, InterruptedException {
        Synthesis.assumeNode();
        Path cdk = Synthesis.HOME.resolve("node_modules/aws-cdk/bin/cdk");
        if (!Files.exists(cdk)) {
            Run install = new SynthCommandIT().run(List.of("npm", "ci", "--no-audit", "--no-fund"));
            assumeTrue(install.exit() == 0, "skipped: npm ci does not work here: " + install.text());
        }
        return cdk;
    }

    private Run run(List<String> command) throws IOException, InterruptedException {
        File output = Files.createTempFile("cdk-command", ".log").toFile();
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(Synthesis.HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            builder.environment().put("CDK_DOCKER", "false");
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
            builder.environment().put("CI", "true");
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Run(ended ? process.exitValue() : -1, Files.readString(output.toPath()));
        } finally {
            Files.delete(output.toPath());
        }
    }
}
