package io.kraftlift.access.quotas;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.aws.Silence;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;

/**
 * Asks Service Quotas how many vCPUs may run on Fargate in one region of the account. Credentials are a session's.
 *
 * <p>The version of the SDK that this project uses has no client of this service in the registry; its two requests are
 * JSON in a POST ("Service Quotas API Reference"), which the SDK signs and sends.
 */
public final class FargateQuota implements AutoCloseable {
    private static final String SERVICE = "servicequotas";

    /** Fargate On-Demand vCPU resource count. */
    private static final byte[] QUESTION = "{\"ServiceCode\":\"fargate\",\"QuotaCode\":\"L-3032A538\"}".getBytes(UTF_8);

    private static final String TARGET = "ServiceQuotasV20190624.";
    private static final String OWN = "GetServiceQuota";
    private static final String DEFAULT = "GetAWSDefaultServiceQuota";

    /** With waits of 1 s and 2 s between them. */
    private static final int ATTEMPTS = 3;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(10);

    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;
    private final String region;
    private final AwsCredentialsProvider credentials;
    private final Surroundings.Sleeper sleeper;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    FargateQuota(URI endpoint, String region, AwsCredentialsProvider credentials, Surroundings.Sleeper sleeper) {
        this.endpoint = endpoint;
        this.region = region;
        this.credentials = credentials;
        this.sleeper = sleeper;
        this.http = Apache5HttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(ATTEMPT_WITHIN)
                .build();
    }

    /** Opens the API in a region, for whom the surroundings say; nothing is asked yet. */
    public static FargateQuota in(String region, Surroundings surroundings) {
        return new FargateQuota(
                surroundings.aws().endpoint("Service Quotas", SERVICE, Region.of(region)),
                region,
                surroundings.aws().credentials(),
                surroundings.sleeper());
    }

    /**
     * The quota: the account's own by GetServiceQuota, or where it has none the default by GetAWSDefaultServiceQuota.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED with the permission that is missing
     * @throws TryAgain SERVICE_UNREACHABLE when Service Quotas does not answer
     */
    public double vcpus() throws InterruptedException {
        Optional<Double> own = ask(OWN);
        if (own.isPresent()) {
            return own.get();
        }
        return ask(DEFAULT)
                .orElseThrow(() -> new OperatorActionNeeded(
                        FailureName.CONFIGURATION_WRONG,
                        "Service Quotas in " + region + " knows no quota of Fargate; see that the cluster's region has"
                                + " Fargate"));
    }

    /** Empty when there is no such quota. */
    private Optional<Double> ask(String operation) throws InterruptedException {
        String action = SERVICE + ":" + operation;
        String last = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0) {
                sleeper.sleep(FIRST_WAIT.multipliedBy(attempt));
            }
            Reply reply;
            try {
                reply = send(operation);
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
                continue;
            } catch (SdkClientException e) {
                throw notSigned(action, e);
            }
            if (reply.status() == 200) {
                return Optional.of(reply.body().at("/Quota/Value").asDouble());
            }
            Refusal refusal = reply.refusal();
            if (refusal.code().equals("NoSuchResourceException")) {
                return Optional.empty();
            }
            if (!refusal.isTransient() && !refusal.code().equals("TooManyRequestsException")) {
                throw new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        action + " was refused (" + refusal + "); "
                                + (refusal.isAboutCredentials()
                                        ? "renew the credentials of this process"
                                        : "allow " + refusal.missingAction().orElse(action) + " to this role"));
            }
            last = refusal.toString();
        }
        throw new TryAgain(
                FailureName.SERVICE_UNREACHABLE, action + " was not answered in " + region + " (" + last + ")");
    }

    private static RuntimeException notSigned(String action, SdkClientException silence) {
        String what = action + " was not asked (" + silence.getMessage() + ")";
        return Silence.of(silence) == Silence.NOT_SENT
                ? new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        what + "; give this process AWS credentials by a role, a profile or the environment",
                        silence)
                : new TryAgain(FailureName.SERVICE_UNREACHABLE, what, silence);
    }

    private record Reply(int status, String requestId, JsonNode body) {
        /** The type may have the service's name before a hash sign. */
        Refusal refusal() {
            String type = body.path("__type").asText(Integer.toString(status));
            String reason = body.path("message").asText(body.path("Message").asText("no reason given"));
            return new Refusal(status, type.substring(type.indexOf('#') + 1), reason, requestId);
        }
    }

    private Reply send(String operation) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.resolve("/"))
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", Integer.toString(QUESTION.length))
                .putHeader("X-Amz-Target", TARGET + operation)
                .build();
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request)
                .payload(() -> new ByteArrayInputStream(QUESTION))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElseThrow())
                        .build())
                .call();
        try (AbortableInputStream body = response.responseBody()
                .orElseGet(() -> AbortableInputStream.create(new ByteArrayInputStream(new byte[0])))) {
            return new Reply(
                    response.httpResponse().statusCode(),
                    response.httpResponse()
                            .firstMatchingHeader("x-amzn-RequestId")
                            .orElse(""),
                    parsed(body.readAllBytes()));
        }
    }

    /** A proxy's page on the way is no answer of the service; its status is what counts. */
    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
