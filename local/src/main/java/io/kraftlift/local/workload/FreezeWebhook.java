package io.kraftlift.local.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint on loopback through which a migration freezes and unfreezes an application.
 *
 * <p>It takes {@code POST} of {@code {"action":"freeze"|"unfreeze","migration_id":"…","deadline":"<ISO instant>"}} with
 * the header {@value #SIGNATURE} {@code : sha256=<hex of HMAC-SHA256 of the body under the shared secret>} and
 * {@value #IDEMPOTENCY_KEY}. It answers 200 when the application has done it, also for a key that it has already served
 * (without doing it again); 401 for a wrong signature, 400 for a wrong body or a missing key, 405 for another method, 413
 * for a body above 64 KiB, 500 when the application fails.
 */
public final class FreezeWebhook implements AutoCloseable {
    /** The header with the signature. */
    public static final String SIGNATURE = "X-Kraftlift-Signature";

    /** The header that names a request; a repeat carries the same. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final String PATH = "/freeze";
    private static final int LARGEST_BODY = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final SecretKeySpec secret;
    private final Application application;
    private final List<Received> received = new ArrayList<>();
    /** Touched by the only thread that serves requests. */
    private final Set<String> served = new HashSet<>();

    private FreezeWebhook(HttpServer server, ExecutorService threads, SecretKeySpec secret, Application application) {
        this.server = server;
        this.threads = threads;
        this.secret = secret;
        this.application = application;
    }

    /** What can be frozen. */
    public interface Application {
        /** Returns when nothing is being written any more. */
        void freeze();

        /** Lets it write again. */
        void unfreeze();

        /** A producer as an application. */
        static Application of(LiveProducer producer) {
            return new Application() {
                @Override
                public void freeze() {
                    producer.freeze();
                }

                @Override
                public void unfreeze() {
                    producer.unfreeze();
                }
            };
        }
    }

    /** What a request asks for. */
    public enum Action {
        /** To stop writing. */
        FREEZE,
        /** To write again. */
        UNFREEZE
    }

    /**
     * A request with a right signature and body.
     *
     * @param action what it asked for
     * @param migrationId the migration that asked
     * @param deadline when the migration promises to have unfrozen again
     * @param idempotencyKey the request's name
     */
    public record Received(Action action, String migrationId, Instant deadline, String idempotencyKey) {}

    /** Listens on a free port of loopback. */
    public static FreezeWebhook start(String secret, Application application) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newSingleThreadExecutor(FreezeWebhook::thread);
            var key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
            var webhook = new FreezeWebhook(server, threads, key, application);
            server.setExecutor(threads);
            server.createContext(PATH, webhook::handle);
            server.start();
            return webhook;
        } catch (IOException e) {
            throw new UncheckedIOException("The freeze webhook cannot listen on loopback", e);
        }
    }

    /** Where requests go. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** Every well-formed, rightly signed request, repeats too, in order. */
    public List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange), -1);
        }
    }

    private int answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return 413;
        }
        if (!isSigned(body, exchange.getRequestHeaders().getFirst(SIGNATURE))) {
            return 401;
        }
        String key = exchange.getRequestHeaders().getFirst(IDEMPOTENCY_KEY);
        Received request = key == null ? null : parse(body, key);
        return request == null ? 400 : serve(request);
    }

    private int serve(Received request) {
        synchronized (received) {
            received.add(request);
        }
        if (served.contains(request.idempotencyKey())) {
            return 200;
        }
        try {
            switch (request.action()) {
                case FREEZE -> application.freeze();
                case UNFREEZE -> application.unfreeze();
            }
            served.add(request.idempotencyKey());
            return 200;
        } catch (RuntimeException e) {
            return 500;
        }
    }

    private static @Nullable Received parse(byte[] body, String key) {
        try {
            JsonNode tree = JSON.readTree(body);
            String migrationId = tree.path("migration_id").asText();
            Instant deadline = Instant.parse(tree.path("deadline").asText());
            return switch (tree.path("action").asText()) {
                case "freeze" -> new Received(Action.FREEZE, migrationId, deadline, key);
                case "unfreeze" -> new Received(Action.UNFREEZE, migrationId, deadline, key);
                default -> null;
            };
        } catch (IOException | DateTimeParseException e) {
            return null;
        }
    }

    /** Compares in a time that does not tell how much of a signature is right. */
    private boolean isSigned(byte[] body, @Nullable String signature) {
        if (signature == null) {
            return false;
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(secret);
            String right = "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
            return MessageDigest.isEqual(
                    right.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java must have HmacSHA256", e);
        }
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "freeze-webhook");
        thread.setDaemon(true);
        return thread;
    }
}
