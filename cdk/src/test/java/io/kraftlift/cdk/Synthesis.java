package io.kraftlift.cdk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.kraftlift.cdk.settings.ContextReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/**
 * A stack as it was synthesized, with what the reviews found. The library takes many seconds to start, so a test run makes each
 * of the two stacks once. Where there is no Node, which the library runs in, the calling test is skipped and says so.
 */
final class Synthesis {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path HOME = Path.of(System.getProperty("kraftlift.home", "..")).toAbsolutePath();
    static final String QUALIFIER = "orders";

    /** Of one that brings its network, as most will, and reaches both clusters by IAM. */
    private static final Map<String, Object> TYPICAL = Map.ofEntries(
            Map.entry("qualifier", QUALIFIER),
            Map.entry("vpc_id", "vpc-0a1b2c3d4e5f60718"),
            Map.entry("subnet_ids", "subnet-0a1b2c3d4e5f60711,subnet-0a1b2c3d4e5f60722"),
            Map.entry("security_group_ids", "sg-0a1b2c3d4e5f60733"),
            Map.entry("source_cluster_arn", "arn:aws:kafka:eu-west-1:111122223333:cluster/orders-zk/11111111-2222-3"),
            Map.entry("target_cluster_arn", "arn:aws:kafka:eu-west-1:111122223333:cluster/orders-kraft/44444444-5-6"),
            Map.entry("secret_arns", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:freeze-webhook-a1b2c3"),
            Map.entry("approver_arns", List.of("arn:aws:iam::111122223333:role/platform-lead")),
            Map.entry("notify_emails", "platform@example.com"),
            Map.entry(
                    "worker_image",
                    "111122223333.dkr.ecr.eu-west-1.amazonaws.com/kraftlift@sha256:" + "0123456789abcdef".repeat(4)));

    /** Guarded by the class's monitor. */
    private static final Map<String, Synthesis> MADE = new HashMap<>();

    private final JsonNode template;
    private final List<String> findings;
    private final List<String> warnings;
    private final Path output;

    private Synthesis(String folder, Map<String, Object> settings) {
        this.output = Path.of("target/synthesis", folder).toAbsolutePath();
        App app = new App(AppProps.builder()
                .context(contextOfTheProject())
                .outdir(output.toString())
                .build());
        Map<String, Object> all = new HashMap<>(settings);
        all.put("functions_package", somePackage());
        MigrationStack stack = new MigrationStack(app, ContextReader.read(all));
        Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
        app.synth();
        this.template = templateOf(stack);
        Annotations annotations = Annotations.fromStack(stack);
        this.findings = texts(annotations.findError("*", Match.anyValue()));
        this.warnings = texts(annotations.findWarning("*", Match.anyValue()));
    }

    @SuppressWarnings("deprecation") // the library has no other type for what it found
    private static List<String> texts(List<SynthesisMessage> messages) {
        return messages.stream()
                .map(message -> message.getId() + ": " + message.getEntry().getData())
                .toList();
    }

    /** A deployment into a network that is there. */
    static synchronized Synthesis typical() {
        return made("typical", TYPICAL);
    }

    /** A deployment without any setting. */
    static synchronized Synthesis bare() {
        return made(
                "bare",
                Map.of("worker_folder", HOME.resolve("fargate-replicator").toString()));
    }

    private static Synthesis made(String name, Map<String, Object> settings) {
        assumeNode();
        return MADE.computeIfAbsent(name, folder -> new Synthesis(folder, settings));
    }

    static void assumeNode() {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        assumeTrue(there, "skipped: node is not installed, which the CDK library runs in");
    }

    JsonNode template() {
        return template;
    }

    /** The errors: what cdk-nag found and nobody accepted. */
    List<String> findings() {
        return findings;
    }

    /** The warnings: cdk-nag's lesser findings, and what the library itself warns of. */
    List<String> warnings() {
        return warnings;
    }

    /** The cloud assembly. */
    Path output() {
        return output;
    }

    JsonNode resource(String logicalId) {
        return template.path("Resources").path(logicalId);
    }

    /** Resources of a type, by logical id. */
    Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> found = new HashMap<>();
        template.path("Resources").properties().forEach(entry -> {
            if (entry.getValue().path("Type").asText().equals(type)) {
                found.put(entry.getKey(), entry.getValue());
            }
        });
        return found;
    }

    /** The one resource of a type whose property has this value. */
    JsonNode only(String type, String property, String value) {
        List<JsonNode> found = resources(type).values().stream()
                .filter(resource ->
                        resource.path("Properties").path(property).asText().equals(value))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of " + type + " have " + property + "=" + value);
        }
        return found.get(0);
    }

    /** The statements of every policy that is attached to a role. */
    List<JsonNode> statementsOf(String roleLogicalId) {
        return resources("AWS::IAM::Policy").values().stream()
                .map(policy -> policy.path("Properties"))
                .filter(policy -> stream(policy.path("Roles"))
                        .anyMatch(role -> role.path("Ref").asText().equals(roleLogicalId)))
                .flatMap(policy -> stream(policy.path("PolicyDocument").path("Statement")))
                .toList();
    }

    /** An array's elements, or what stands alone in its place. */
    static Stream<JsonNode> stream(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false) : Stream.of(node);
    }

    private static JsonNode templateOf(MigrationStack stack) {
        return JSON.valueToTree(Template.fromStack(stack).toJSON());
    }

    private static Map<String, Object> contextOfTheProject() {
        try {
            JsonNode context = JSON.readTree(HOME.resolve("cdk.json").toFile()).path("context");
            Map<String, Object> map = new HashMap<>();
            context.properties()
                    .forEach(entry -> map.put(entry.getKey(), entry.getValue().asBoolean()));
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is deployed changes with every build; a template that is compared must not. */
    private static String somePackage() {
        try {
            return Files.writeString(Path.of("target/some-package.zip"), "the functions")
                    .toAbsolutePath()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
