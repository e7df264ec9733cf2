package io.kraftlift.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own: what it leaves behind when it is killed, and who may answer at its gates. */
class DemoProcessIT {
    @TempDir
    private Path directory;

    @Test
    void leavesNoProcessBehindWhenItIsKilled() throws Exception {
        Process demo = kraftlift("demo", "--yes", "--scale", "0.02", "--dir", run().toString());
        List<ProcessHandle> children = new ArrayList<>();
        try {
            await("the demo to have forked its brokers")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> demo.descendants().count() >= 3);
            children.addAll(demo.descendants().toList());
        } finally {
            demo.destroyForcibly().waitFor();
        }

        await("every child to be gone")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void takesItsAnswersFromAnotherTerminalAndEndsWithOneJsonObject() throws Exception {
        Process demo = kraftlift("--json", "demo", "--scale", "0.02", "--dir", run().toString());
        try {
            answerWhenAsked(demo, "cutover", "approve");
            answerWhenAsked(demo, "client-switch", "ack");

            assertThat(demo.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(demo.exitValue()).as(log()).isZero();
            String printed = Files.readString(directory.resolve("out.log")).strip();
            assertThat(printed.lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("{").contains("\"evidence\":"));
            Path evidence = run().resolve("evidence/demo/evidence.json");
            assertThat(kraftlift("verify", evidence.toString()).waitFor()).isZero();
            byte[] changed = Files.readAllBytes(evidence);
            changed[changed.length / 2] ^= 1;
            Path forged = Files.write(directory.resolve("forged.json"), changed);
            assertThat(kraftlift("verify", forged.toString()).waitFor()).isEqualTo(7);
        } finally {
            demo.destroy();
            demo.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private void answerWhenAsked(Process demo, String gate, String command) throws Exception {
        Path opened = run().resolve("backup/demo/gates/" + gate + ".json");
        await("the gate " + gate).atMost(Duration.ofMinutes(3)).until(() -> Files.exists(opened) || !demo.isAlive());
        assertThat(demo.isAlive()).as(log()).isTrue();
        await(command + " to be accepted")
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        kraftlift(command, "--yes", "--dir", run().toString()).waitFor() == 0);
    }

    private Path run() {
        return directory.resolve("run");
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("out.log")) + Files.readString(directory.resolve("err.log"));
    }

    private Process kraftlift(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dkraftlift.home=" + System.getProperty("kraftlift.home"));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("io.kraftlift.cli.Main");
        command.addAll(List.of(arguments));
        boolean isDemo = List.of(arguments).contains("demo");
        ProcessBuilder builder = new ProcessBuilder(command);
        // The demo must not see the end of a standard input that nobody writes to as an answer.
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.redirectOutput(
                directory.resolve(isDemo ? "out.log" : "other-out.log").toFile());
        builder.redirectError(
                directory.resolve(isDemo ? "err.log" : "other-err.log").toFile());
        return builder.start();
    }
}
