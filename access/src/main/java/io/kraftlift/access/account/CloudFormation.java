package io.kraftlift.access.account;

import io.kraftlift.access.aws.AwsSession;
import io.kraftlift.access.aws.Patience;
import io.kraftlift.access.aws.Refusal;
import io.kraftlift.access.runs.Surroundings.Sleeper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * CloudFormation, which is asked one thing: a stack's outputs. By its query protocol (AWS CloudFormation API Reference,
 * "DescribeStacks"), with the SDK's signer, credentials and endpoints ({@code docs/decisions/0040}).
 */
public final class CloudFormation implements AutoCloseable {
    private static final String SERVICE = "cloudformation";
    private static final String ACTION = "cloudformation:DescribeStacks";

    /** The waits are 0.5 s, 1 s and 2 s: a throttled question is answered by then, and a person still waits for it. */
    private static final int TRIES = 4;

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final AwsSession session;
    private final Sleeper sleeper;
    private final SdkHttpClient http = Apache5HttpClient.builder()
            .connectionTimeout(Duration.ofSeconds(5))
            .socketTimeout(Patience.FOR_QUESTIONS.attempt())
            .build();

    public CloudFormation(AwsSession session, Sleeper sleeper) {
        this.session = session;
        this.sleeper = sleeper;
    }

    /**
     * A stack; empty when the account has none of that name in that region.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED
     * @throws io.kraftlift.core.failures.TryAgain SERVICE_UNREACHABLE
     */
    public Optional<StackDescription> stack(String name) throws InterruptedException {
        Region region;
        try {
            region = session.regionInUse();
        } catch (SdkClientException e) {
            throw AccountRefusals.unanswered(question(name, "its region"), e);
        }
        try {
            return stack(name, region);
        } catch (SdkClientException e) {
            throw AccountRefusals.unanswered(question(name, region.id()), e);
        }
    }

    private Optional<StackDescription> stack(String name, Region region) throws InterruptedException {
        String question = question(name, region.id());
        Duration wait = FIRST_WAIT;
        for (int left = TRIES; ; left--) {
            try {
                StackAnswer answer = ask(name, region);
                if (!answer.isRefusal()) {
                    return Optional.of(answer.stack());
                }
                Refusal refusal = answer.refusal();
                if (refusal.code().equals("ValidationError") && refusal.reason().contains("does not exist")) {
                    return Optional.empty();
                }
                if (!refusal.isTransient() || left == 1) {
                    throw AccountRefusals.answered(question, refusal, ACTION);
                }
            } catch (IOException e) {
                if (left == 1) {
                    throw AccountRefusals.silent(question, e);
                }
            }
            sleeper.sleep(wait);
            wait = wait.multipliedBy(2);
        }
    }

    private static String question(String stack, String region) {
        return "CloudFormation in " + region + " must show the stack " + stack;
    }

    private StackAnswer ask(String stack, Region region) throws IOException {
        byte[] form = ("Action=DescribeStacks&Version=2010-05-15&StackName="
                        + URLEncoder.encode(stack, StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        ContentStreamProvider body = ContentStreamProvider.fromByteArray(form);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(session.endpoint("CloudFormation", SERVICE, region))
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(form.length))
                .build();
        AwsCredentialsIdentity who = session.credentials().resolveCredentials();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(who)
                        .request(request)
                        .payload(body)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region.id()));
        HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(body))
                        .build())
                .call();
        try (var content = answer.responseBody().orElseThrow(() -> new IOException("an answer without a body"))) {
            return StackAnswer.parse(answer.httpResponse().statusCode(), content.readAllBytes());
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
