package io.kraftlift.local.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.local.workload.FreezeWebhook.Action;
import io.kraftlift.local.workload.FreezeWebhook.Received;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreezeWebhookTest {
    private static final String SECRET = "a secret";
    private static final String FREEZE =
            "{\"action\":\"freeze\",\"migration_id\":\"m-1\",\"deadline\":\"2026-03-01T10:00:00Z\"}";
    private static final String UNFREEZE = FREEZE.replace("freeze", "unfreeze");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RecordingApplication application = new RecordingApplication();
    private FreezeWebhook webhook;

    @BeforeEach
    void start() {
        webhook = FreezeWebhook.start(SECRET, application);
    }

    @AfterEach
    void stop() {
        webhook.close();
    }

    @Test
    void freezesAndUnfreezesForASignedRequest() throws Exception {
        assertThat(post(FREEZE, "key-1")).isEqualTo(200);
        assertThat(post(UNFREEZE, "key-2")).isEqualTo(200);

        assertThat(application.calls).containsExactly("freeze", "unfreeze");
        Instant deadline = Instant.parse("2026-03-01T10:00:00Z");
        assertThat(webhook.received())
                .containsExactly(
                        new Received(Action.FREEZE, "m-1", deadline, "key-1"),
                        new Received(Action.UNFREEZE, "m-1", deadline, "key-2"));
    }

    @Test
    void servesARepeatedRequestOnce() throws Exception {
        post(FREEZE, "key-1");
        post(UNFREEZE, "key-2");

        assertThat(post(FREEZE, "key-1")).isEqualTo(200);

        assertThat(application.calls).containsExactly("freeze", "unfreeze");
        assertThat(webhook.received()).hasSize(3);
    }

    @Test
    void triesAgainWhenTheApplicationFailedTheFirstTime() throws Exception {
        application.failures = 1;

        assertThat(post(FREEZE, "key-1")).isEqualTo(500);
        assertThat(post(FREEZE, "key-1")).isEqualTo(200);

        assertThat(application.calls).containsExactly("freeze");
    }

    @Test
    void refusesAWrongSignature() throws Exception {
        String other = "sha256=" + hmac(UNFREEZE, SECRET);

        assertThat(send(request(FREEZE, "key-1").header(FreezeWebhook.SIGNATURE, other)))
                .isEqualTo(401);
        assertThat(send(request(FREEZE, "key-1").header(FreezeWebhook.SIGNATURE, "sha256=" + hmac(FREEZE, "another"))))
                .isEqualTo(401);
        assertThat(send(request(FREEZE, "key-1"))).isEqualTo(401);

        assertThat(application.calls).isEmpty();
        assertThat(webhook.received()).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertThat(post("{", "key-1")).isEqualTo(400);
        assertThat(post(FREEZE.replace("freeze", "melt"), "key-1")).isEqualTo(400);
        assertThat(post(FREEZE.replace("2026", "soon"), "key-1")).isEqualTo(400);
        assertThat(post(" ".repeat(70_000), "key-1")).isEqualTo(413);
        assertThat(send(HttpRequest.newBuilder(webhook.url()).GET())).isEqualTo(405);
        String signature = "sha256=" + hmac(FREEZE, SECRET);
        assertThat(send(HttpRequest.newBuilder(webhook.url())
                        .header(FreezeWebhook.SIGNATURE, signature)
                        .POST(HttpRequest.BodyPublishers.ofString(FREEZE))))
                .isEqualTo(400);

        assertThat(application.calls).isEmpty();
    }

    private int post(String body, String key) throws Exception {
        return send(request(body, key).header(FreezeWebhook.SIGNATURE, "sha256=" + hmac(body, SECRET)));
    }

    private HttpRequest.Builder request(String body, String key) {
        return HttpRequest.newBuilder(webhook.url())
                .header(FreezeWebhook.IDEMPOTENCY_KEY, key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private int send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String hmac(String body, String secret) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static final class RecordingApplication implements FreezeWebhook.Application {
        private final List<String> calls = new ArrayList<>();
        private int failures;

        @Override
        public synchronized void freeze() {
            if (failures-- > 0) {
                throw new IllegalStateException("asked to fail");
            }
            calls.add("freeze");
        }

        @Override
        public synchronized void unfreeze() {
            calls.add("unfreeze");
        }
    }
}
