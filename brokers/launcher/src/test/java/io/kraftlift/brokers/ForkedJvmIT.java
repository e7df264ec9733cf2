package io.kraftlift.brokers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkedJvmIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void runsTheMainClassWithArgumentsOptionsAndEnvironment() throws Exception {
        try (ForkedJvm jvm = program("talk", "one", "two")
                .jvmOptions(List.of("-Dtalk.option=three"))
                .environment(Map.of("TALK_VARIABLE", "four"))
                .workingDirectory(directory)
                .start()) {
            int code = jvm.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);

            assertThat(code).isEqualTo(7);
            assertThat(jvm.logTail(5).lines())
                    .containsExactly(
                            "[one, two]",
                            "three",
                            "four",
                            directory.toRealPath().toString());
        }
    }

    @Test
    void stopLetsShutdownHooksRun() {
        try (ForkedJvm jvm = program("wait").start()) {
            awaitLog(jvm, "waiting");

            jvm.stop(SOON);

            assertThat(jvm.isAlive()).isFalse();
            assertThat(jvm.logTail(1)).isEqualTo("in order");
        }
    }

    @Test
    void stopKillsAProcessThatDoesNotEndInTime() {
        try (ForkedJvm jvm = program("refuse").start()) {
            awaitLog(jvm, "waiting");

            jvm.stop(Duration.ofMillis(200));

            assertThat(jvm.isAlive()).isFalse();
            assertThat(jvm.onExit()
                            .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                            .join())
                    .isEqualTo(137);
        }
    }

    @Test
    void killEndsAPausedProcess() {
        try (ForkedJvm jvm = program("wait").start()) {
            awaitLog(jvm, "waiting");
            jvm.pause();

            jvm.kill();

            assertThat(jvm.isAlive()).isFalse();
            assertThat(jvm.logTail(1)).isEqualTo("waiting");
        }
    }

    @Test
    void aPausedProcessStandsStillUntilItIsResumed() {
        try (ForkedJvm jvm = program("count").start()) {
            awaitLog(jvm, "10");
            jvm.pause();
            await().atMost(SOON).until(() -> state(jvm.pid()), "T"::equals);
            String paused = jvm.logTail(1);
            await().atMost(SOON).during(Duration.ofMillis(300)).until(() -> jvm.logTail(1), paused::equals);

            jvm.resume();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(Integer.parseInt(jvm.logTail(1))).isGreaterThan(Integer.parseInt(paused)));
        }
    }

    @Test
    void endsInOrderWhenItsParentIsKilled() throws Exception {
        try (ForkedJvm parent = program("fork", directory.toString()).start()) {
            awaitLog(parent, "child ");
            long child = Long.parseLong(parent.logTail(1).substring("child ".length()));
            await().atMost(SOON)
                    .until(() ->
                            Files.readString(directory.resolve("child.log")).contains("waiting"));

            parent.kill();

            await().atMost(SOON).until(() -> !isAlive(child));
            assertThat(directory.resolve("child.log")).content().endsWith("in order\n");
        }
    }

    @Test
    void haltsWhenItsParentIsKilledAndItRefusesToEndInOrder() {
        try (ForkedJvm parent = program("fork-refusing", directory.toString()).start()) {
            awaitLog(parent, "child ");
            long child = Long.parseLong(parent.logTail(1).substring("child ".length()));
            await().atMost(SOON)
                    .until(() ->
                            Files.readString(directory.resolve("child.log")).contains("waiting"));

            parent.kill();

            await().atMost(SOON).until(() -> !isAlive(child));
        }
    }

    @Test
    void leavesNoProcessWhenItsParentExits() {
        try (ForkedJvm parent = program("fork-and-exit", directory.toString()).start()) {
            awaitLog(parent, "child ");
            long child = Long.parseLong(parent.logTail(1).substring("child ".length()));

            int code = parent.onExit()
                    .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertThat(code).isZero();
            assertThat(isAlive(child)).isFalse();
        }
    }

    @Test
    void namesWhatIsMissingFromTheDescription() {
        assertThatThrownBy(() -> ForkedJvm.named("half").mainClass("A").start())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half: main class, class path and log file must be given");
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The letter that ps shows for a process's state; T is stopped by a signal. */
    private static String state(long pid) throws Exception {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static void awaitLog(ForkedJvm jvm, String text) {
        await().atMost(SOON).until(() -> jvm.logTail(100).contains(text));
    }

    private ForkedJvm.Builder program(String... arguments) {
        return ForkedJvm.named("program")
                .mainClass(ForkedProgram.class.getName())
                .classPath(System.getProperty("java.class.path"))
                .jvmOptions(List.of("-XX:+UseSerialGC", "-Xmx64m"))
                .arguments(arguments)
                .logFile(directory.resolve("program.log"));
    }
}
