package io.kraftlift.access.webhook;

import io.kraftlift.access.runs.Surroundings.Sleeper;
import io.kraftlift.core.config.Secret;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.InvariantBroken;
import io.kraftlift.core.failures.OperatorActionNeeded;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Posts calls to the producers' side. An answer of 2xx is a promise; whether it is kept is seen on the source's logs.
 * Redirects are not followed: the signature is for the one who was named.
 */
public final class ProducerWebhook {
    private static final int TRIES = 3;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int REQUEST_TIMEOUT = 408;

    private final HttpClient client;
    private final URI address;
    private final @Nullable Secret secret;
    private final Patience patience;
    private final Sleeper sleeper;

    /**
     * How long is waited.
     *
     * @param answer for the connection and the answer of one try
     * @param pause before the second try; twice as long before the third
     */
    public record Patience(Duration answer, Duration pause) {
        /** Three tries and two pauses come to 10.5 s at most: a sixth of the usual longest freeze of a minute. */
        public static final Patience USUAL = new Patience(Duration.ofSeconds(3), Duration.ofMillis(500));
    }

    /** Calls {@code address}; signs with {@code secret} where there is one. */
    public ProducerWebhook(URI address, @Nullable Secret secret, Patience patience, Sleeper sleeper) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.answer())
                .build();
        this.address = address;
        this.secret = secret;
        this.patience = patience;
        this.sleeper = sleeper;
    }

    /**
     * Makes the call, up to three times while the other side does not answer or answers 408, 429 or 5xx.
     *
     * @throws OperatorActionNeeded FREEZE_REFUSED when there is no 2xx
     */
    public void send(WebhookCall call) throws InterruptedException {
        HttpRequest request = requestOf(call);
        String lastAnswer = "";
        Duration pause = patience.pause();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            if (attempt > 1) {
                sleeper.sleep(pause);
                pause = pause.multipliedBy(2);
            }
            try {
                HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
                if (response.statusCode() / 100 == 2) {
                    return;
                }
                lastAnswer = "answered " + response.statusCode();
                if (!isWorthAnotherTry(response.statusCode())) {
                    break;
                }
            } catch (IOException e) {
                lastAnswer = "did not answer (" + e.getClass().getSimpleName() + ")";
            }
        }
        throw new OperatorActionNeeded(
                FailureName.FREEZE_REFUSED,
                "cutover.producer_freeze_webhook: must answer 2xx to \""
                        + call.action().word() + "\", " + lastAnswer + "; see what " + address.getHost() + " logged"
                        + (call.action() == WebhookAction.UNFREEZE
                                ? ", let the producers go on by hand, then resume"
                                : ", then approve the cutover again"));
    }

    private HttpRequest requestOf(WebhookCall call) {
        byte[] body = call.body();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(patience.answer())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", call.migration() + "-" + call.idempotencyKey())
                .POST(BodyPublishers.ofByteArray(body));
        if (secret != null) {
            request.header("X-Kraftlift-Signature", "sha256=" + signature(body, secret));
        }
        return request.build();
    }

    /** HMAC-SHA256 (RFC 2104) of the body under the secret's UTF-8 bytes, in lower-case hexadecimal. */
    private static String signature(byte[] body, Secret secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new InvariantBroken(FailureName.DEFECT, "webhook: the body could not be signed", e);
        }
    }

    private static boolean isWorthAnotherTry(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
    }
}
