package io.kraftlift.lambdas.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.brokers.ForkedJvm;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.FunctionRuntime;
import io.kraftlift.statemachine.payloads.RunReference;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The package that is deployed, run by Lambda's own runtime interface client in a process of its own, against Lambda's
 * runtime API on loopback. How long each function took to start is written to {@code target/cold-starts.csv}.
 */
class FunctionsPackageIT {
    private static final Path PACKAGE = Path.of("target/kraftlift-functions.zip");
    private static final Path COLD_STARTS = Path.of("target/cold-starts.csv");

    /** What Lambda takes as a direct upload (AWS documentation, "Lambda quotas"). */
    private static final long MOST_BYTES = 50L << 20;

    private static final int SECONDS = 60;

    @TempDir
    private static Path folder;

    private static String classPath = "";

    @BeforeAll
    static void unpack() throws IOException {
        List<String> entries = new ArrayList<>();
        try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (!entry.isDirectory()) {
                    Path jar = folder.resolve(Path.of(entry.getName()).getFileName());
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, jar);
                    }
                    entries.add(jar.toString());
                }
            }
        }
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("aws-lambda-java-runtime-interface-client")
                        || entry.contains("aws-lambda-java-serialization"))
                .forEach(entries::add);
        classPath = String.join(File.pathSeparator, entries);
        Files.writeString(COLD_STARTS, "function,milliseconds_to_first_request,milliseconds_of_first_request\n");
    }

    @Test
    void isSmallEnoughAndHasNothingButJars() throws IOException {
        try (ZipFile zip = new ZipFile(PACKAGE.toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .allMatch(name -> name.matches("lib/[^/]+\\.jar"))
                    .anyMatch(name -> name.startsWith("lib/kraftlift-lambdas-"))
                    .noneMatch(name -> name.contains("kraftlift-testkit") || name.contains("junit"));
        }
        assertThat(Files.size(PACKAGE)).isLessThan(MOST_BYTES);
    }

    @ParameterizedTest
    @EnumSource(FunctionName.class)
    void startsAndNamesAFailureAsTheStateMachineExpects(FunctionName function) throws Exception {
        Path config = Files.writeString(folder.resolve(function + ".yaml"), "source: {}\n");
        RunReference run = reference(config, Sha256.of(new byte[] {0}));

        RuntimeApi.Report report = call(function, run);

        JsonNode failure = Documents.mapper().readTree(report.body());
        assertThat(report.path()).as(report.body()).endsWith("/error").startsWith("invocation/");
        assertThat(failure.path("errorType").asText()).isEqualTo("io.kraftlift.core.failures.OperatorActionNeeded");
        assertThat(failure.path("errorMessage").asText()).startsWith("CONFIGURATION_CHANGED");
    }

    @Test
    void claimsAMigrationWithAConfigurationOfItsOwn() throws Exception {
        String yaml = """
                source: {bootstrap_servers: "localhost:1", auth: {mode: plaintext}}
                target: {bootstrap_servers: "localhost:2", auth: {mode: plaintext}}
                backup: {directory: "%1$s/backup"}
                evidence: {directory: "%1$s/evidence"}
                """.formatted(folder);
        Path config = Files.writeString(folder.resolve("migration.yaml"), yaml);

        RuntimeApi.Report report =
                call(FunctionName.CLAIM_RUN, reference(config, Sha256.of(yaml.getBytes(StandardCharsets.UTF_8))));

        assertThat(report.path()).as(report.body()).endsWith("/response");
        assertThat(Documents.mapper().readTree(report.body()).path("resumed").asBoolean(true))
                .isFalse();
        assertThat(folder.resolve("backup/m/lease.json")).exists();
    }

    private static RunReference reference(Path config, Sha256 digest) {
        return new RunReference(new MigrationId("m"), new ObjectReference(config.toUri(), digest));
    }

    /** One cold start and one request. */
    private static RuntimeApi.Report call(FunctionName function, RunReference run) throws Exception {
        String handler = FunctionRuntime.handlerOf(function);
        try (RuntimeApi api = RuntimeApi.offering(FunctionRequests.of(function, run))) {
            long start = System.nanoTime();
            try (ForkedJvm runtime = ForkedJvm.named(function.camelCase())
                    .mainClass("com.amazonaws.services.lambda.runtime.api.client.AWSLambda")
                    .arguments(handler)
                    .classPath(classPath)
                    .jvmOptions(Arrays.asList(FunctionRuntime.JVM_OPTIONS.split(" ", -1)))
                    .environment(Map.of(
                            "AWS_LAMBDA_RUNTIME_API",
                            api.address(),
                            "_HANDLER",
                            handler,
                            "LAMBDA_TASK_ROOT",
                            folder.toString(),
                            "AWS_LAMBDA_FUNCTION_NAME",
                            function.camelCase(),
                            "AWS_LAMBDA_FUNCTION_VERSION",
                            "1",
                            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                            "1024",
                            "AWS_REGION",
                            "eu-west-1"))
                    .logFile(folder.resolve(function + ".log"))
                    .start()) {
                RuntimeApi.Report report;
                try {
                    report = api.report().get(SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    throw new AssertionError("no report from " + handler + ": " + runtime.logTail(40), e);
                }
                long end = System.nanoTime();
                if (api.initialized().isDone()) {
                    noteDown(
                            function,
                            api.initialized().get() - start,
                            end - api.initialized().get());
                }
                return report;
            }
        }
    }

    private static void noteDown(FunctionName function, long start, long request) throws IOException {
        String line = function.camelCase() + "," + Duration.ofNanos(start).toMillis() + ","
                + Duration.ofNanos(request).toMillis() + "\n";
        Files.writeString(COLD_STARTS, line, StandardOpenOption.APPEND);
    }
}
