package io.kraftlift.brokers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One broker with its place on disk, its ports and its present process. Guarded by itself. */
final class BrokerNode {
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final int id;
    private final Path folder;
    private final Map<String, Integer> ports;
    private final ServerJvms jvms;
    private @Nullable ForkedJvm process;

    BrokerNode(int id, Path folder, Map<String, Integer> ports, ServerJvms jvms) {
        this.id = id;
        this.folder = folder;
        this.ports = Map.copyOf(ports);
        this.jvms = jvms;
    }

    int id() {
        return id;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path settingsFile() {
        return folder.resolve("server.properties");
    }

    int port(String listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException(
                    "listener: must be one of " + ports.keySet() + ", was " + listener + "; name it in the settings");
        }
        return port;
    }

    Map<String, Integer> ports() {
        return ports;
    }

    synchronized Broker handle() {
        ForkedJvm now = present();
        return new Broker(id, port(Listener.PLAIN), now.pid(), now.isAlive(), now.logFile(), data());
    }

    synchronized void requireEnded() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("broker " + id + ": must be stopped before it is started, still runs");
        }
    }

    /** Starts the process; {@link #awaitPart} waits for the broker. */
    synchronized void fork() {
        requireEnded();
        process =
                jvms.broker("broker-" + id).arguments(settingsFile().toString()).start();
    }

    /** Waits until this broker and the others named see each other, and a controller. */
    void awaitPart(Set<Integer> others) {
        Readiness.await(
                present(),
                () -> MetadataProbe.ask(port(Listener.PLAIN))
                        .filter(view -> view.controller() >= 0)
                        .filter(view -> view.brokers().contains(id))
                        .filter(view -> view.brokers().containsAll(others))
                        .isPresent());
    }

    synchronized ForkedJvm present() {
        if (process == null) {
            throw new IllegalStateException("broker " + id + ": must have been started, was not");
        }
        return process;
    }

    synchronized void stop() {
        if (process != null) {
            process.stop(STOP_GRACE);
        }
    }

    synchronized void askToStop() {
        if (process != null) {
            process.askToStop();
        }
    }
}
