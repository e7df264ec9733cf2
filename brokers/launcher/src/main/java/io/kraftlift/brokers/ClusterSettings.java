package io.kraftlift.brokers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cluster to be started looks like.
 *
 * @param directory where everything of the cluster lies: data, settings, logs; created when missing, never deleted
 * @param brokers how many brokers, 1 to 9
 * @param brokerProperties broker properties that are added to, and win over, the launcher's own
 * @param heapMebibytes the largest heap of each broker, at least 64
 * @param jvmOptions further options for each broker's Java
 * @param listeners listeners besides the plaintext one
 * @param jars jars or folders of classes that go onto the brokers' class path after the release's own
 * @param javaHome the Java installation that runs everything
 */
public record ClusterSettings(
        Path directory,
        int brokers,
        Map<String, String> brokerProperties,
        int heapMebibytes,
        List<String> jvmOptions,
        List<Listener> listeners,
        List<Path> jars,
        Path javaHome) {
    /** Rejects numbers out of range and copies the collections. */
    public ClusterSettings {
        if (brokers < 1 || brokers > 9) {
            throw new IllegalArgumentException("brokers: must be between 1 and 9, was " + brokers);
        }
        if (heapMebibytes < 64) {
            throw new IllegalArgumentException("heapMebibytes: must be at least 64, was " + heapMebibytes);
        }
        directory = directory.toAbsolutePath().normalize();
        brokerProperties = Map.copyOf(brokerProperties);
        jvmOptions = List.copyOf(jvmOptions);
        listeners = List.copyOf(listeners);
        jars = List.copyOf(jars);
    }

    /** One broker with a heap of 320 MiB, run by this process's Java. */
    public static ClusterSettings in(Path directory) {
        return new ClusterSettings(
                directory, 1, Map.of(), 320, List.of(), List.of(), List.of(), Path.of(System.getProperty("java.home")));
    }

    /** The same with another number of brokers. */
    public ClusterSettings withBrokers(int count) {
        return new ClusterSettings(
                directory, count, brokerProperties, heapMebibytes, jvmOptions, listeners, jars, javaHome);
    }

    /** The same with these broker properties on top of the ones that it has. */
    public ClusterSettings withBrokerProperties(Map<String, String> more) {
        var all = new TreeMap<>(brokerProperties);
        all.putAll(more);
        return new ClusterSettings(directory, brokers, all, heapMebibytes, jvmOptions, listeners, jars, javaHome);
    }

    /** The same with another largest heap. */
    public ClusterSettings withHeapMebibytes(int mebibytes) {
        return new ClusterSettings(
                directory, brokers, brokerProperties, mebibytes, jvmOptions, listeners, jars, javaHome);
    }

    /** The same with these options for Java instead of the ones that it has. */
    public ClusterSettings withJvmOptions(List<String> options) {
        return new ClusterSettings(
                directory, brokers, brokerProperties, heapMebibytes, options, listeners, jars, javaHome);
    }

    /** The same with these listeners besides the plaintext one. */
    public ClusterSettings withListeners(List<Listener> more) {
        return new ClusterSettings(
                directory, brokers, brokerProperties, heapMebibytes, jvmOptions, more, jars, javaHome);
    }

    /** The same with these jars or folders of classes on the brokers' class path, after the release's own. */
    public ClusterSettings withJars(List<Path> more) {
        return new ClusterSettings(
                directory, brokers, brokerProperties, heapMebibytes, jvmOptions, listeners, more, javaHome);
    }

    /** The same, run by another Java installation. */
    public ClusterSettings withJavaHome(Path home) {
        return new ClusterSettings(
                directory, brokers, brokerProperties, heapMebibytes, jvmOptions, listeners, jars, home);
    }
}
