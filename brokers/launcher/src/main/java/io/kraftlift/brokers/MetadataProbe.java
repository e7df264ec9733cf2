package io.kraftlift.brokers;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks a broker which brokers it knows, in Kafka's protocol without Kafka's client (Metadata version 4, which every
 * release from 1.0 to 4.x answers).
 */
final class MetadataProbe {
    /** A busy machine takes a while to answer; a paused broker never does. */
    private static final int TIMEOUT_MILLIS = 2_000;

    /** Brokers, names and a cluster id: far below this; more is not an answer to this question. */
    private static final int LARGEST_ANSWER = 64 * 1024;

    private static final int METADATA = 3;
    private static final int VERSION = 4;

    private MetadataProbe() {}

    /**
     * What a broker says about its cluster.
     *
     * @param brokers the ids of the brokers that take part
     * @param controller the id of the controller, negative when there is none
     */
    record View(Set<Integer> brokers, int controller) {}

    /** Empty when the broker does not answer, or not yet. */
    static Optional<View> ask(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request());
            return Optional.of(answer(new DataInputStream(socket.getInputStream())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] request() throws IOException {
        var body = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(body)) {
            out.writeShort(METADATA);
            out.writeShort(VERSION);
            out.writeInt(1); // correlation id
            out.writeShort(-1); // no client id
            out.writeInt(0); // about no topic
            out.writeBoolean(false); // create no topic
        }
        var framed = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(framed)) {
            out.writeInt(body.size());
            body.writeTo(out);
        }
        return framed.toByteArray();
    }

    private static View answer(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LARGEST_ANSWER) {
            throw new IOException("an answer of " + length + " bytes");
        }
        in.readInt(); // correlation id
        in.readInt(); // throttle time
        int count = in.readInt();
        var brokers = new TreeSet<Integer>();
        for (int i = 0; i < count; i++) {
            brokers.add(in.readInt());
            skipText(in); // host
            in.readInt(); // port
            skipText(in); // rack
        }
        skipText(in); // cluster id
        return new View(brokers, in.readInt());
    }

    private static void skipText(DataInputStream in) throws IOException {
        int length = in.readShort();
        if (length > 0) {
            in.skipNBytes(length);
        }
    }
}
