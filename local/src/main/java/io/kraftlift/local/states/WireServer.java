package io.kraftlift.local.states;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AWS JSON 1.0 over HTTP on the loopback address. The header {@code X-Amz-Target} is required, which also keeps web
 * pages of other origins out: a browser does not send it without asking first.
 */
final class WireServer implements AutoCloseable {
    static final ObjectReader STRICT = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private static final Logger LOG = LoggerFactory.getLogger(WireServer.class);
    private static final String TARGET = "AWSStepFunctions.";
    private static final int LARGEST_REQUEST = 1024 * 1024;
    /** Every operation answers at once, so that a few threads serve any number of clients. */
    private static final int THREADS = 4;

    private final HttpServer http;
    private final ExecutorService executor;

    private WireServer(HttpServer http, ExecutorService executor) {
        this.http = http;
        this.executor = executor;
    }

    static WireServer start(int port, WireOperations operations, ThreadFactory threads) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS, threads);
        http.setExecutor(executor);
        http.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange, operations);
            }
        });
        http.start();
        return new WireServer(http, executor);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
        executor.shutdownNow();
    }

    private static void serve(HttpExchange exchange, WireOperations operations) throws IOException {
        try {
            String operation = operation(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            answer(exchange, 200, operations.call(operation, request(exchange)));
        } catch (StatesServiceException e) {
            int status = e.code() == StatesServiceException.Code.REQUEST_TOO_LARGE ? 413 : 400;
            answer(exchange, status, error(e.code().wireName(), String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("A request broke the server", e);
            answer(exchange, 500, error("InternalFailure", e.toString()));
        }
    }

    private static String operation(@Nullable String target) {
        if (target == null || !target.startsWith(TARGET)) {
            throw new StatesServiceException(
                    StatesServiceException.Code.UNKNOWN_OPERATION,
                    "X-Amz-Target: must be " + TARGET + "OPERATION, was '" + target + "'");
        }
        return target.substring(TARGET.length());
    }

    private static JsonNode request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
        if (body.length > LARGEST_REQUEST) {
            throw new StatesServiceException(
                    StatesServiceException.Code.REQUEST_TOO_LARGE,
                    "request: must be at most " + LARGEST_REQUEST + " bytes");
        }
        try {
            JsonNode request = STRICT.readTree(body);
            if (request.isObject()) {
                return request;
            }
        } catch (JsonProcessingException e) {
            throw new StatesServiceException(
                    StatesServiceException.Code.SERIALIZATION, "request: is not JSON: " + e.getOriginalMessage());
        }
        throw new StatesServiceException(StatesServiceException.Code.SERIALIZATION, "request: must be a JSON object");
    }

    private static JsonNode error(String type, String message) {
        return JsonNodeFactory.instance.objectNode().put("__type", type).put("message", message);
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
