package io.kraftlift.access.aws;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
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

/**
 * What of the reviewed template tells people, made by a server's CloudFormation: the topic, the rules that publish there, their
 * dead-letter queue, and the two buckets whose objects the rules are about. Names are this stack's own.
 */
record NoticesStack(String name) {
    private static final Path TEMPLATE = Path.of(System.getProperty("kraftlift.home", ".."))
            .resolve("cdk/src/test/resources/golden/typical.template.json");

    static NoticesStack anyName() {
        return new NoticesStack("kraftlift-" + UUID.randomUUID());
    }

    String topic() {
        return name + "-notices";
    }

    String backup() {
        return name + "-backup";
    }

    String evidence() {
        return name + "-evidence";
    }

    /** Makes the stack, with that machine as the migration's, and waits until it is there. */
    void make(AwsEndpoint endpoint, String machine) {
        try (SdkHttpClient http = Apache5HttpClient.builder().build()) {
            ObjectNode reviewed =
                    (ObjectNode) Documents.mapper().readTree(TEMPLATE.toFile()).path("Resources");
            ask(
                    http,
                    endpoint,
                    Map.of(
                            "Action",
                            "CreateStack",
                            "StackName",
                            name,
                            "TemplateBody",
                            template(reviewed).toString(),
                            "Parameters.member.1.ParameterKey",
                            machineIn(reviewed),
                            "Parameters.member.1.ParameterValue",
                            machine));
            await("the stack " + name)
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> ask(http, endpoint, Map.of("Action", "DescribeStacks", "StackName", name))
                            .contains("<StackStatus>CREATE_COMPLETE</StackStatus>"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode template(ObjectNode reviewed) {
        ObjectNode template = Documents.mapper().createObjectNode();
        template.putObject("Parameters").putObject(machineIn(reviewed)).put("Type", "String");
        ObjectNode resources = template.putObject("Resources");
        reviewed.properties().forEach(entry -> {
            JsonNode resource = entry.getValue();
            ObjectNode properties = (ObjectNode) resource.path("Properties");
            String type = resource.path("Type").asText();
            if (type.equals("AWS::SNS::Topic")) {
                properties.put("TopicName", topic());
            } else if (type.equals("AWS::S3::Bucket") && properties.has("NotificationConfiguration")) {
                properties.retain("NotificationConfiguration");
                properties.put("BucketName", entry.getKey().startsWith("StorageBackup") ? backup() : evidence());
            } else if (!type.equals("AWS::SNS::TopicPolicy")
                    && !entry.getKey().startsWith("WatchNoticesUntold")
                    && !(type.equals("AWS::Events::Rule") && resource.toString().contains("InputTransformer"))) {
                return;
            }
            ObjectNode made = resources.putObject(entry.getKey());
            made.put("Type", type);
            made.set("Properties", properties);
        });
        return template;
    }

    private static String machineIn(ObjectNode reviewed) {
        List<String> found = new ArrayList<>();
        reviewed.properties().forEach(entry -> {
            if (entry.getValue()
                    .path("Properties")
                    .path("StateMachineName")
                    .asText()
                    .endsWith("-migration")) {
                found.add(entry.getKey());
            }
        });
        return String.join("", found);
    }

    private static String ask(SdkHttpClient http, AwsEndpoint endpoint, Map<String, String> question)
            throws IOException {
        String form = question.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        ContentStreamProvider body = ContentStreamProvider.fromUtf8String(form);
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint.uri())
                .putHeader("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                .putHeader("Content-Length", Integer.toString(form.length()))
                .build();
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(signing -> signing.identity(AwsEndpoint.credentials().resolveCredentials())
                        .request(request)
                        .payload(body)
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "cloudformation")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, AwsEndpoint.REGION.id()));
        HttpExecuteResponse answer = http.prepareRequest(HttpExecuteRequest.builder()
                        .request(signed.request())
                        .contentStreamProvider(signed.payload().orElse(body))
                        .build())
                .call();
        String text;
        try (var content = answer.responseBody().orElseThrow()) {
            text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!answer.httpResponse().isSuccessful() || text.contains("_FAILED") || text.contains("ROLLBACK")) {
            throw new AssertionError(text);
        }
        return text;
    }
}
