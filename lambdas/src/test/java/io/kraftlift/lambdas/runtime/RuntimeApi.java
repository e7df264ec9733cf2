package io.kraftlift.lambdas.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's side of the runtime API for one environment (AWS documentation, "Using the Lambda runtime API"): hands out one
 * request, takes its answer, and then lets the runtime wait, as Lambda does with a warm environment.
 */
final class RuntimeApi implements AutoCloseable {
    /**
     * What the runtime reported.
     *
     * @param path below {@code /2018-06-01/runtime}: {@code invocation/<id>/response}, {@code invocation/<id>/error} or
     *     {@code init/error}
     */
    record Report(String path, String body) {}

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
    private final CompletableFuture<Report> report = new CompletableFuture<>();
    private final CompletableFuture<Long> initialized = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private RuntimeApi(HttpServer server) {
        this.server = server;
    }

    static RuntimeApi offering(byte[] request) throws IOException {
        RuntimeApi api =
                new RuntimeApi(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        api.requests.add(request);
        api.server.setExecutor(api.threads);
        api.server.createContext(ROOT, api::serve);
        api.server.start();
        return api;
    }

    /** What stands in {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The first report that came. */
    CompletableFuture<Report> report() {
        return report;
    }

    /** The value of {@link System#nanoTime()} when the runtime asked for its first request: its handler was made. */
    CompletableFuture<Long> initialized() {
        return initialized;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(ROOT.length());
            if (path.equals("invocation/next")) {
                next(exchange);
                return;
            }
            report.complete(
                    new Report(path, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(202, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        initialized.complete(System.nanoTime());
        byte[] request = requests.poll();
        if (request == null) {
            closing.await();
            return;
        }
        exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", ID);
        exchange.getResponseHeaders()
                .add(
                        "Lambda-Runtime-Deadline-Ms",
                        Long.toString(System.currentTimeMillis() + TimeUnit.MINUTES.toMillis(1)));
        exchange.getResponseHeaders()
                .add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:000000000000:function:f");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, request.length);
        exchange.getResponseBody().write(request);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
