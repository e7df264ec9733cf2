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

/** A producers' side on loopback that notes down what it is asked for, and answers with a status that can be changed. */
final class ProducersSideServer implements AutoCloseable {
    private final HttpServer server;
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    ProducersSideServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    List<String> actions() {
        return List.copyOf(actions);
    }

    void answerWith(int newStatus) {
        status = newStatus;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        actions.add(Documents.mapper().readTree(body).path("action").asText());
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
