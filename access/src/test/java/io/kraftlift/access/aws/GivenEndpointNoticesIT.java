package io.kraftlift.access.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kraftlift.access.json.Documents;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.Gate;
import io.kraftlift.statemachine.payloads.OpenedGate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The notices of the reviewed template, at a server that hands events over: what a subscriber of the topic gets to read. */
@ExtendWith(GivenAwsEndpoint.class)
class GivenEndpointNoticesIT {
    private static final String TOKEN = "AQC7-token-of-a-gate";
    private static final MigrationObjects OBJECTS = new MigrationObjects(new MigrationId("orders"));
    private static final MigrationObjects RESTARTED = new MigrationObjects(new MigrationId("orders"), 1);
    private static final String MACHINE =
            "arn:aws:states:us-east-1:000000000000:stateMachine:kraftlift-orders-migration";
    private static final Duration HANDED_OVER = Duration.ofMinutes(1);

    private final NoticesStack stack = NoticesStack.anyName();
    private final AwsEndpoint endpoint;
    private final S3Client s3;
    private final SnsClient sns;
    private final SqsClient sqs;
    private final EventBridgeClient events;
    private final List<String> heard = new ArrayList<>();

    GivenEndpointNoticesIT(AwsEndpoint endpoint) {
        this.endpoint = endpoint;
        this.s3 = at(endpoint, S3Client.builder().forcePathStyle(true)).build();
        this.sns = at(endpoint, SnsClient.builder()).build();
        this.sqs = at(endpoint, SqsClient.builder()).build();
        this.events = at(endpoint, EventBridgeClient.builder()).build();
    }

    private String subscriber = "";

    @BeforeEach
    void subscribe() {
        stack.make(endpoint, MACHINE);
        subscriber = sqs.createQueue(request -> request.queueName(stack.name() + "-subscriber"))
                .queueUrl();
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(subscriber).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        sns.subscribe(request -> request.topicArn(topicArn()).protocol("sqs").endpoint(arn));
    }

    @AfterEach
    void close() {
        s3.close();
        sns.close();
        sqs.close();
        events.close();
    }

    @Test
    void tellWhereSomethingWaitsAndNeverTheTokenThatIsThere() {
        put(stack.backup(), OBJECTS.gate(Gate.CUTOVER.decisionName()), "{}");
        put(stack.backup(), OBJECTS.result("plan"), "{}");
        for (Gate gate : Gate.values()) {
            put(stack.backup(), OBJECTS.gate(gate.objectName()), opened(gate));
        }
        put(stack.backup(), RESTARTED.gate(Gate.CUTOVER.objectName()), opened(Gate.CUTOVER));
        put(stack.backup(), OBJECTS.result("expired-cutover"), "{}");
        put(stack.backup(), OBJECTS.result("producers-by-hand"), "{}");
        put(stack.backup(), OBJECTS.result("drain-ready"), "{}");
        put(stack.evidence(), OBJECTS.evidence("evidence.json"), "{}");
        end("orders-migrate-1");

        awaitNotices(9);

        String backup = "s3://" + stack.backup() + "/";
        String gate = "Kraftlift orders: a gate is open and waits for a decision. The approver finds it in " + backup;
        assertThat(heard)
                .noneMatch(message -> message.contains(TOKEN))
                .hasSize(9)
                .satisfiesOnlyOnce(message -> assertThat(message).contains(gate + "orders/gates/cutover.json."))
                .satisfiesOnlyOnce(message -> assertThat(message).contains(gate + "orders/gates/producer-freeze.json."))
                .satisfiesOnlyOnce(message -> assertThat(message).contains(gate + "orders/gates/client-switch.json."))
                .satisfiesOnlyOnce(
                        message -> assertThat(message).contains(gate + RESTARTED.gate(Gate.CUTOVER.objectName()) + "."))
                .satisfiesOnlyOnce(message -> assertThat(message)
                        .contains("nobody decided at a gate in time", backup + "orders/results/expired-cutover.json"))
                .satisfiesOnlyOnce(message -> assertThat(message)
                        .contains("no webhook lets producers go on", backup + "orders/results/producers-by-hand.json"))
                .satisfiesOnlyOnce(message -> assertThat(message)
                        .contains(
                                "the lag was small for the stable window", backup + "orders/results/drain-ready.json"))
                .satisfiesOnlyOnce(message -> assertThat(message)
                        .contains("s3://" + stack.evidence() + "/orders/evidence.json. kraftlift verify says"))
                .satisfiesOnlyOnce(
                        message -> assertThat(message).contains("the execution orders-migrate-1 is FAILED."));
    }

    /** The event as Step Functions makes it; the server has none of its own. */
    private void end(String execution) {
        PutEventsRequestEntry event = PutEventsRequestEntry.builder()
                .source("aws.states")
                .detailType("Step Functions Execution Status Change")
                .detail(Documents.writeText(Map.of("stateMachineArn", MACHINE, "name", execution, "status", "FAILED")))
                .build();
        events.putEvents(request -> request.entries(event));
    }

    private void awaitNotices(int count) {
        await().atMost(HANDED_OVER).untilAsserted(() -> {
            List<Message> messages = sqs.receiveMessage(request ->
                            request.queueUrl(subscriber).maxNumberOfMessages(10).waitTimeSeconds(2))
                    .messages();
            messages.forEach(message -> {
                heard.add(message.body());
                sqs.deleteMessage(request -> request.queueUrl(subscriber).receiptHandle(message.receiptHandle()));
            });
            assertThat(heard).hasSizeGreaterThanOrEqualTo(count);
        });
    }

    private void put(String bucket, ObjectKey key, String content) {
        s3.putObject(request -> request.bucket(bucket).key(key.value()), RequestBody.fromString(content));
    }

    private static String opened(Gate gate) {
        Instant now = Instant.parse("2026-03-04T05:06:07Z");
        Sha256 digest = Sha256.of(new byte[] {1});
        return Documents.writeText(new OpenedGate(gate, TOKEN, digest, digest, now, now.plusSeconds(60)));
    }

    /** Making a topic again answers which one is there. */
    private String topicArn() {
        return sns.createTopic(request -> request.name(stack.topic()).attributes(Map.of()))
                .topicArn();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B at(
            AwsEndpoint endpoint, B builder) {
        return builder.httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(endpoint.uri())
                .region(AwsEndpoint.REGION)
                .credentialsProvider(AwsEndpoint.credentials());
    }
}
