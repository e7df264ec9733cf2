package io.kraftlift.brokers;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Describes the forked processes of one cluster: which jars, which Java, which options. */
final class ServerJvms {
    private final ClusterSettings settings;
    private final List<Path> jars;

    ServerJvms(ClusterSettings settings, KafkaRelease release) {
        this.settings = settings;
        this.jars = Stream.concat(BrokerClasspath.ofProject().jarsOf(release).stream(), settings.jars().stream())
                .toList();
    }

    ForkedJvm.Builder broker(String name) {
        return server(name)
                .mainClass("kafka.Kafka")
                .jvmOptions(List.of("-Xms64m", "-Xmx" + settings.heapMebibytes() + "m"))
                .jvmOptions(settings.jvmOptions());
    }

    /** A process with a small heap of its own. */
    ForkedJvm.Builder small(String name, String mainClass) {
        return server(name).mainClass(mainClass).jvmOptions(List.of("-Xms16m", "-Xmx96m"));
    }

    private ForkedJvm.Builder server(String name) {
        return ForkedJvm.named(name)
                .javaHome(settings.javaHome())
                .classPath(jars)
                .workingDirectory(settings.directory())
                .logFile(settings.directory().resolve("logs").resolve(name + ".log"))
                .jvmOptions(List.of(
                        "-XX:+UseSerialGC",
                        // They live for minutes: the optimising compiler would take half of their CPU time.
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Djava.awt.headless=true",
                        "-Dorg.slf4j.simpleLogger.showDateTime=true",
                        "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS"));
    }
}
