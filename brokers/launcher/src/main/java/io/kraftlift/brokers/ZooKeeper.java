package io.kraftlift.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A single ZooKeeper server as a process of its own. */
final class ZooKeeper implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final int port;
    private final ForkedJvm process;

    private ZooKeeper(int port, ForkedJvm process) {
        this.port = port;
        this.process = process;
    }

    static ZooKeeper start(Path directory, ServerJvms jvms) {
        int port = LoopbackPorts.free();
        Path settings = ServerProperties.write(
                directory.resolve("zookeeper.properties"),
                Map.of(
                        "dataDir", directory.resolve("data").toString(),
                        "clientPort", Integer.toString(port),
                        "clientPortAddress", ServerProperties.HOST,
                        "admin.enableServer", "false",
                        "maxClientCnxns", "0",
                        "tickTime", "1000",
                        "4lw.commands.whitelist", "srvr,dump"));
        // A killed process loses nothing without forced writes, only a fallen machine does; and tests wait for each.
        ForkedJvm process = jvms.small("zookeeper", "org.apache.zookeeper.server.ZooKeeperServerMain")
                .jvmOptions(List.of("-Dzookeeper.forceSync=no", "-Dzookeeper.preAllocSize=1024"))
                .arguments(settings.toString())
                .start();
        var server = new ZooKeeper(port, process);
        try {
            Readiness.await(process, () -> server.ask("srvr").contains("Mode: standalone"));
        } catch (BrokerStartFailed e) {
            process.kill();
            throw e;
        }
        return server;
    }

    String address() {
        return ServerProperties.HOST + ":" + port;
    }

    /** Waits until the session of a broker's earlier process is over, for until then a new one may not register. */
    void awaitNoBroker(int id) {
        Readiness.await(process, () -> {
            String dump = ask("dump");
            return !dump.isEmpty()
                    && dump.lines().noneMatch(line -> line.strip().equals("/brokers/ids/" + id));
        });
    }

    ForkedJvm process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }

    /** The answer to one of ZooKeeper's four-letter commands; empty when there is none. */
    private String ask(String command) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
