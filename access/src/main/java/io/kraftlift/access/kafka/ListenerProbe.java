package io.kraftlift.access.kafka;

import io.kraftlift.core.config.AuthSettings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.common.config.ConfigException;

/**
 * Asks brokers, before a Kafka client does, whether their listener speaks TLS or plaintext. A Kafka client that speaks the
 * wrong one is hung up on, and tries again for as long as it may; and where it speaks plaintext, it takes the first bytes
 * of TLS for the length of an answer and allocates 350 MB for it.
 */
final class ListenerProbe {
    /** A broker answers within milliseconds; one that does not is not judged. */
    private static final int TIMEOUT_MILLIS = 3_000;

    /** Asking more of them does not make the answer better, and each may be one that does not answer. */
    private static final int ADDRESSES = 3;

    private static final int CORRELATION = 0x4b4c4654;
    private static final byte TLS_ALERT = 0x15;
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final byte TLS_MAJOR = 0x03;
    private static final int ENOUGH_BYTES = 8;

    /** ApiVersions 0, which every broker answers on every listener without TLS: length, key, version, id, no client id. */
    private static final byte[] API_VERSIONS = ByteBuffer.allocate(14)
            .putInt(10)
            .putShort((short) 18)
            .putShort((short) 0)
            .putInt(CORRELATION)
            .putShort((short) -1)
            .array();

    private final String cluster;
    private final AuthSettings auth;

    ListenerProbe(String cluster, AuthSettings auth) {
        this.cluster = cluster;
        this.auth = auth;
    }

    private enum Language {
        PLAINTEXT("no TLS"),
        TLS("TLS");

        private final String words;

        Language(String words) {
            this.words = words;
        }

        boolean answers(InetSocketAddress address) throws IOException {
            return switch (this) {
                case PLAINTEXT -> {
                    byte[] answer = ask(address, API_VERSIONS);
                    yield answer.length == ENOUGH_BYTES
                            && ByteBuffer.wrap(answer).getInt(4) == CORRELATION;
                }
                case TLS -> {
                    byte[] answer = ask(address, clientHello());
                    yield answer.length > 1
                            && (answer[0] == TLS_HANDSHAKE || answer[0] == TLS_ALERT)
                            && answer[1] == TLS_MAJOR;
                }
            };
        }

        Language other() {
            return this == TLS ? PLAINTEXT : TLS;
        }
    }

    /**
     * Requires that the first broker that answers speaks what the mode says. When none does, nothing is known and nothing
     * happens.
     *
     * @throws OperatorActionNeeded CONFIGURATION_WRONG when it speaks the other language
     */
    void requireLanguage(String bootstrapServers) {
        Language wanted = auth instanceof AuthSettings.Plaintext ? Language.PLAINTEXT : Language.TLS;
        for (InetSocketAddress address : addresses(bootstrapServers)) {
            try {
                if (wanted.answers(address)) {
                    return;
                }
                if (wanted.other().answers(address)) {
                    throw wrong(address, wanted.other());
                }
            } catch (IOException e) {
                // This broker is not there or does not answer; the client is patient, and names it.
            }
        }
    }

    private OperatorActionNeeded wrong(InetSocketAddress address, Language spoken) {
        return new OperatorActionNeeded(
                FailureName.CONFIGURATION_WRONG,
                cluster + ": " + address.getHostString() + ":" + address.getPort() + " speaks " + spoken.words
                        + ", but "
                        + cluster + ".auth.mode is " + auth.mode() + "; name the port of a listener for this mode in "
                        + cluster + ".bootstrap_servers, or the listener's mode in " + cluster + ".auth.mode");
    }

    private static List<InetSocketAddress> addresses(String bootstrapServers) {
        try {
            List<InetSocketAddress> all = ClientUtils.parseAndValidateAddresses(
                    Arrays.asList(bootstrapServers.split(", ?", -1)), ClientDnsLookup.USE_ALL_DNS_IPS);
            return all.subList(0, Math.min(ADDRESSES, all.size()));
        } catch (ConfigException e) {
            // The client refuses them too, and that is named.
            return List.of();
        }
    }

    /** The first bytes of the answer; fewer when the broker hangs up. */
    private static byte[] ask(InetSocketAddress address, byte[] question) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            try {
                socket.getOutputStream().write(question);
                return socket.getInputStream().readNBytes(ENOUGH_BYTES);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // Hung up on in the middle: an answer, too.
                return new byte[0];
            }
        }
    }

    private static byte[] clientHello() {
        try {
            SSLEngine engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), hello);
            return Arrays.copyOf(hello.array(), hello.position());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        } catch (SSLException e) {
            throw new UncheckedIOException("a greeting must be possible", e);
        }
    }
}
