package io.kraftlift.access.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A service of AWS on loopback that answers each request with what the test says. Safe for several threads. */
public final class HttpStub implements AutoCloseable {
    /**
     * A request.
     *
     * @param path decoded, with the query behind a question mark where there is one
     * @param target the header {@code X-Amz-Target}, which names the operation in some services; else empty
     */
    public record Request(String method, String path, String body, String target) {}

    /**
     * An answer.
     *
     * @param errorType the service's name of an error; empty for none
     * @param headers further ones
     */
    public record Answer(int status, String errorType, String body, Map<String, String> headers) {
        public Answer {
            headers = Map.copyOf(headers);
        }

        public Answer(int status, String errorType, String body) {
            this(status, errorType, body, Map.of());
        }

        /** The same with one more header. */
        public Answer withHeader(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Answer(status, errorType, body, more);
        }

        public static Answer ok(String body) {
            return new Answer(200, "", body);
        }

        public static Answer error(int status, String type, String message) {
            return new Answer(
                    status,
                    type,
                    "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\",\"Message\":\"" + message + "\"}");
        }

        /** The answer in a file beside the test class. */
        public static Answer recorded(Class<?> test, String file) {
            try (var in = test.getResourceAsStream(file)) {
                return ok(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final HttpServer server;
    private final List<Request> seen = new CopyOnWriteArrayList<>();

    public HttpStub(Function<Request, Answer> service) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> handle(exchange, service));
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** All requests so far, in the order of their arrival. */
    public List<Request> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange, Function<Request, Answer> service) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Request request = new Request(
                    exchange.getRequestMethod(),
                    uri.getPath() + (uri.getQuery() == null ? "" : "?" + uri.getQuery()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("X-Amz-Target"), ""));
            seen.add(request);
            Answer answer = service.apply(request);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("x-amzn-RequestId", "R1");
            if (!answer.errorType().isEmpty()) {
                exchange.getResponseHeaders().set("x-amzn-ErrorType", answer.errorType());
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (request.method().equals("HEAD")) {
                exchange.sendResponseHeaders(answer.status(), -1);
            } else {
                exchange.sendResponseHeaders(answer.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
