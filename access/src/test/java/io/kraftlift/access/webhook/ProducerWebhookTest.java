package io.kraftlift.access.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.migration.MigrationId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProducerWebhookTest {
    private static final WebhookCall FREEZE = new WebhookCall(
            WebhookAction.FREEZE, new MigrationId("m1"), Instant.parse("2026-03-04T05:06:07Z"), "freeze-2");
    private static final int SILENCE = 0;

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    ProducerWebhookTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        server.setExecutor(threads);
        server.createContext("/freeze", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void postsWhatIsAskedWithASignatureOfTheVeryBytes() throws InterruptedException {
        answers.add(204);

        webhook(new Secret("key")).send(FREEZE);

        assertThat(requests).singleElement().satisfies(request -> {
            assertThat(request.body())
                    .isEqualTo("{\"action\":\"freeze\",\"deadline\":\"2026-03-04T05:06:07Z\",\"migration_id\":\"m1\"}");
            assertThat(request.headers().get("Idempotency-Key")).isEqualTo("m1-freeze-2");
            // From: printf %s BODY | openssl dgst -sha256 -hmac key
            assertThat(request.headers().get("X-Kraftlift-Signature"))
                    .isEqualTo("sha256=b1988439e064986c0ca15aaea5d69d481610274b9f19203f82426b3820581806");
        });
    }

    @Test
    void sendsNoSignatureWithoutASecret() throws InterruptedException {
        answers.add(200);

        webhook(null).send(FREEZE);

        assertThat(requests.get(0).headers()).doesNotContainKey("X-Kraftlift-Signature");
    }

    @Test
    void triesAgainWithTheSameKeyWhileTheOtherSideIsInTrouble() throws InterruptedException {
        answers.addAll(List.of(503, 429, 200));

        webhook(null).send(FREEZE);

        assertThat(requests)
                .hasSize(3)
                .extracting(request -> request.headers().get("Idempotency-Key"))
                .containsOnly("m1-freeze-2");
        assertThat(pauses).containsExactly(Duration.ofMillis(5), Duration.ofMillis(10));
    }

    @Test
    void givesUpAfterTheThirdTry() {
        answers.addAll(List.of(500, 502, 503, 200));

        assertThatThrownBy(() -> webhook(null).send(FREEZE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_REFUSED")
                .hasMessageContaining("answered 503");
        assertThat(requests).hasSize(3);
    }

    @Test
    void takesARefusalForARefusal() {
        answers.addAll(List.of(403, 200));

        assertThatThrownBy(() -> webhook(null).send(FREEZE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_REFUSED")
                .hasMessageContaining("answered 403");
        assertThat(requests).hasSize(1);
    }

    @Test
    void followsNoRedirect() {
        answers.addAll(List.of(307, 200));

        assertThatThrownBy(() -> webhook(null).send(FREEZE)).hasMessageContaining("answered 307");
        assertThat(requests).hasSize(1);
    }

    @Test
    void givesUpOnSilence() {
        answers.addAll(List.of(SILENCE, SILENCE, SILENCE));

        assertThatThrownBy(() -> webhook(null).send(FREEZE))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessageContaining("FREEZE_REFUSED")
                .hasMessageContaining("did not answer");
        assertThat(requests).hasSize(3);
    }

    private ProducerWebhook webhook(@Nullable Secret secret) {
        return new ProducerWebhook(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/freeze"),
                secret,
                new ProducerWebhook.Patience(Duration.ofMillis(400), Duration.ofMillis(5)),
                pauses::add);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        requests.add(new Request(headers, body));
        int status = answers.remove(0);
        try {
            if (status == SILENCE && !over.await(20, TimeUnit.SECONDS)) {
                throw new IOException("the test went on for too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (status != SILENCE) {
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    private record Request(Map<String, String> headers, String body) {}
}
