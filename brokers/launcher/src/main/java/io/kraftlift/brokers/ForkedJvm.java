package io.kraftlift.brokers;

import io.kraftlift.brokers.guest.GuestMain;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A forked Java process under {@link GuestMain}: it ends when this object is closed, when this process exits, and when
 * this process is killed with {@code kill -9}. A paused process notices the last only after it has been resumed.
 *
 * <p>Safe for use by several threads. Signals are sent as on Unix; Windows is not supported.
 */
public final class ForkedJvm implements AutoCloseable {
    /** Enough for a broker to close its logs; a start with a new class data archive also dumps it in this time. */
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(15);

    /** How long the operating system may take to end a process after SIGKILL. */
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);

    private static final int TAIL_BYTES = 16 * 1024;

    private final String name;
    private final Process process;
    private final Path logFile;

    private ForkedJvm(String name, Process process, Path logFile) {
        this.name = name;
        this.process = process;
        this.logFile = logFile;
    }

    /** Begins the description of a process; the name appears in error messages. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** The name given at the start. */
    public String name() {
        return name;
    }

    /** The operating system's process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process exists; true also for a paused one. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where standard output and standard error go. */
    public Path logFile() {
        return logFile;
    }

    /** Completes with the exit code when the process has ended; 128 plus the signal's number after a signal. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /**
     * Ends the process in order: SIGTERM and end of standard input, and SIGKILL when it still runs after the grace time.
     * Does nothing when it has ended.
     */
    public void stop(Duration grace) {
        process.destroy();
        if (!ends(grace)) {
            kill();
        }
        LiveProcesses.forget(this);
    }

    /** Ends the process at once with SIGKILL, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!ends(KILL_WAIT)) {
            throw new IllegalStateException(
                    name + ": process " + pid() + " must end within " + KILL_WAIT + " of SIGKILL, still runs");
        }
        LiveProcesses.forget(this);
    }

    /** Stands the process still with SIGSTOP: its connections stay open and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    /** Lets a paused process go on with SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /** The last lines of the log, for error messages; empty when there is no log yet. */
    public String logTail(int lines) {
        try (var log = new RandomAccessFile(logFile.toFile(), "r")) {
            long from = Math.max(0, log.length() - TAIL_BYTES);
            var bytes = new byte[Math.toIntExact(Math.min(TAIL_BYTES, log.length() - from))];
            log.seek(from);
            log.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** Stops the process with a grace time of 15 seconds. */
    @Override
    public void close() {
        stop(CLOSE_GRACE);
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }

    /** Asks the process to end without waiting for it. */
    void askToStop() {
        process.destroy();
    }

    private boolean ends(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while waiting for process " + pid() + " to end", e);
        }
    }

    private void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(name + ": SIG" + signal + " to process " + pid() + " failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": the command kill cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while sending SIG" + signal, e);
        }
    }

    /** Describes the process to fork. Main class, class path and log file must be given. Not safe for several threads. */
    public static final class Builder {
        private final String name;
        private final List<String> arguments = new ArrayList<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private Path javaHome = Path.of(System.getProperty("java.home"));
        private List<Path> classPath = List.of();
        private @Nullable String mainClass;
        private @Nullable Path workingDirectory;
        private @Nullable Path logFile;

        private Builder(String name) {
            this.name = name;
        }

        /** The Java installation to run; this process's own unless given. */
        public Builder javaHome(Path home) {
            this.javaHome = home;
            return this;
        }

        /** The class whose {@code main} runs. */
        public Builder mainClass(String className) {
            this.mainClass = className;
            return this;
        }

        /** Arguments for {@code main}; added to those given before. */
        public Builder arguments(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Jars and folders of classes, in order. */
        public Builder classPath(List<Path> entries) {
            this.classPath = List.copyOf(entries);
            return this;
        }

        /** A class path as {@code java.class.path} writes it. */
        public Builder classPath(String entries) {
            return classPath(Stream.of(entries.split(File.pathSeparator))
                    .filter(entry -> !entry.isEmpty())
                    .map(Path::of)
                    .toList());
        }

        /** Options such as {@code -Xmx256m}; added to those given before. */
        public Builder jvmOptions(List<String> more) {
            jvmOptions.addAll(more);
            return this;
        }

        /** Environment variables on top of this process's own. */
        public Builder environment(Map<String, String> more) {
            environment.putAll(more);
            return this;
        }

        /** The working directory; this process's own unless given. */
        public Builder workingDirectory(Path directory) {
            this.workingDirectory = directory;
            return this;
        }

        /** Where standard output and standard error are appended; its folder is created. */
        public Builder logFile(Path file) {
            this.logFile = file;
            return this;
        }

        /**
         * Starts the process. It is running when this returns, but its main class may not have begun.
         *
         * @throws IllegalStateException when main class, class path or log file is missing
         * @throws UncheckedIOException when the operating system refuses to start it
         */
        public ForkedJvm start() {
            if (mainClass == null || logFile == null || classPath.isEmpty()) {
                throw new IllegalStateException(name + ": main class, class path and log file must be given");
            }
            Path log = logFile.toAbsolutePath();
            var process = new ProcessBuilder(commandLine(mainClass)).redirectErrorStream(true);
            process.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process.environment().putAll(environment);
            if (workingDirectory != null) {
                process.directory(workingDirectory.toFile());
            }
            try {
                Files.createDirectories(log.resolveSibling("."));
                return LiveProcesses.remember(new ForkedJvm(name, process.start(), log));
            } catch (IOException e) {
                throw new UncheckedIOException(name + ": cannot be started", e);
            }
        }

        private List<String> commandLine(String realMainClass) {
            var command = new ArrayList<String>();
            command.add(javaHome.resolve("bin/java").toString());
            command.addAll(jvmOptions);
            command.add("-cp");
            command.add(Stream.concat(Stream.of(guestClasses()), classPath.stream())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator)));
            command.add(GuestMain.class.getName());
            command.add(realMainClass);
            command.addAll(arguments);
            return command;
        }

        private static Path guestClasses() {
            try {
                return Path.of(GuestMain.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI());
            } catch (URISyntaxException e) {
                throw new IllegalStateException("The place of " + GuestMain.class + " must be a file", e);
            }
        }
    }
}
