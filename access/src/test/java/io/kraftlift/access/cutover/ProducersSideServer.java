package io.kraftlift.access.cutover;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kraftlift.access.json.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A producers' side on loopback that notes down what it is asked for, and answers with a status that can be changed. */
final class ProducersSideServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile int status = 204;
    private volatile Runnable beforeFreezing = () -> {};

    ProducersSideServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    List<String> actions() {
        return List.copyOf(actions);
    }

    /** The calls' idempotency keys, in order. */
    List<String> keys() {
        return List.copyOf(keys);
    }

    /** What happens while a freeze is asked for. */
    void beforeFreezing(Runnable done) {
        beforeFreezing = done;
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String action = Documents.mapper().readTree(body).path("action").asText();
        if (action.equals("freeze")) {
            beforeFreezing.run();
        }
        actions.add(action);
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
