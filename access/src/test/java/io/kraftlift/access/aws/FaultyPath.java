package io.kraftlift.access.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A way to a server that loses, damages and delays as a test says: the next requests meet the planned faults in order,
 * those after them pass. Safe for several threads.
 */
public final class FaultyPath implements AutoCloseable {
    /** What happens to one request. */
    @FunctionalInterface
    public interface Fault {
        void befall(Passage passage) throws IOException, InterruptedException;
    }

    /** One request on its way. */
    public final class Passage {
        private final HttpExchange exchange;
        private final byte[] body;

        private Passage(HttpExchange exchange) throws IOException {
            this.exchange = exchange;
            this.body = exchange.getRequestBody().readAllBytes();
        }

        private HttpResponse<byte[]> forward() throws IOException, InterruptedException {
            return forwardTo(exchange.getRequestURI().toString());
        }

        private HttpResponse<byte[]> forwardTo(String pathAndQuery) throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(pathAndQuery))
                    .timeout(Duration.ofSeconds(30))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }

        private void answer(HttpResponse<byte[]> from) throws IOException {
            answer(from.statusCode(), from.headers().map(), from.body());
        }

        private void answer(int status, Map<String, List<String>> headers, byte[] content) throws IOException {
            answerHead(status, headers, content.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(content);
            }
        }

        private void answerHead(int status, Map<String, List<String>> headers, int length) throws IOException {
            headers.forEach((name, values) -> {
                if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (head) {
                headers.getOrDefault("content-length", List.of())
                        .forEach(value -> exchange.getResponseHeaders().set("Content-Length", value));
            }
            exchange.sendResponseHeaders(status, head || length == 0 ? -1 : length);
        }
    }

    private static final Set<String> HOP_BY_HOP =
            Set.of("host", "content-length", "connection", "expect", "transfer-encoding", "upgrade", "date", "server");

    private final URI target;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Fault> planned = new ArrayDeque<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> watched = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    public FaultyPath(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where requests are to be sent. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The methods of all requests so far, in the order of their arrival. */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /** Plans what befalls the next requests that have no fault yet. */
    public void plan(Fault... faults) {
        synchronized (planned) {
            planned.addAll(List.of(faults));
        }
    }

    /** Nothing bad happens. */
    public static Fault pass() {
        return passage -> passage.answer(passage.forward());
    }

    /** Nothing bad happens; the request has one parameter more. */
    public static Fault passWith(String parameter) {
        return passage -> passage.answer(passage.forwardTo(passage.exchange.getRequestURI() + "&" + parameter));
    }

    /** From now on all values of a header, in the order of their arrival, are in the list that comes back. */
    public List<String> see(String header) {
        return watched.computeIfAbsent(header, unused -> new CopyOnWriteArrayList<>());
    }

    /** The server does its work, and the connection breaks before the answer. */
    public static Fault answerLost() {
        return passage -> passage.forward();
    }

    /** The connection breaks before the server sees anything. */
    public static Fault requestLost() {
        return passage -> {};
    }

    /** Something else happens, then the request is lost. */
    public static Fault requestLostWhile(Runnable other) {
        return passage -> other.run();
    }

    /** The server does its work, something else happens, and the answer is lost. */
    public static Fault answerLostWhile(Runnable other) {
        return passage -> {
            passage.forward();
            other.run();
        };
    }

    /** The connection breaks in the middle of the answer's body. */
    public static Fault answerCut() {
        return passage -> {
            HttpResponse<byte[]> answer = passage.forward();
            byte[] whole = answer.body();
            passage.answerHead(answer.statusCode(), answer.headers().map(), whole.length);
            passage.exchange.getResponseBody().write(whole, 0, whole.length / 2);
            passage.exchange.getResponseBody().flush();
        };
    }

    /** Nobody answers until the path is closed. */
    public Fault silence() {
        return passage -> closing.await(60, TimeUnit.SECONDS);
    }

    /** Somebody on the way answers; the server sees nothing. */
    public static Fault answer(int status, Map<String, List<String>> headers, String body) {
        return passage -> passage.answer(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestMethod());
        watched.forEach(
                (header, values) -> values.addAll(exchange.getRequestHeaders().getOrDefault(header, List.of())));
        Fault fault;
        synchronized (planned) {
            fault = planned.isEmpty() ? pass() : planned.remove();
        }
        // Closing an exchange that has not been answered in full breaks its connection.
        try (exchange) {
            fault.befall(new Passage(exchange));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
