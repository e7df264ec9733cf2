package io.kraftlift.brokers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out TCP ports of loopback that nobody listens on. Each is tried by binding it and then free again, so another
 * process can still take it: whoever starts a server on it must be ready to ask for another.
 *
 * <p>The ports lie below 32768, where Linux, macOS and Windows take none for outgoing connections: a client cannot take
 * the port of a broker that is being restarted.
 */
final class LoopbackPorts {
    private static final int FIRST = 15_000;
    private static final int COUNT = 17_000;

    /** Processes begin at places of their own (211 is prime and spreads neighbouring process ids). */
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * 211 % COUNT));

    private LoopbackPorts() {}

    static int free() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "Loopback: one port between " + FIRST + " and " + (FIRST + COUNT) + " must be free, none is");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
