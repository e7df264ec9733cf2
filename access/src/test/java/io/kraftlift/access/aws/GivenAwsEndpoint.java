package io.kraftlift.access.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The endpoint that the environment variable {@code TEST_AWS_ENDPOINT} names, else LocalStack in Docker. Where there is
 * neither, the class is skipped with one line that says so.
 */
public final class GivenAwsEndpoint implements ExecutionCondition, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(GivenAwsEndpoint.class);
    private static final String VARIABLE = "TEST_AWS_ENDPOINT";

    /** The last one that runs without an account at its makers. */
    private static final DockerImageName IMAGE = DockerImageName.parse("localstack/localstack:4.14.0");

    /** Where LocalStack finds in its container what it answers in place of tasks. */
    private static final String MOCKED_TASKS = "/tmp/mocked-tasks.json";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (given() != null) {
            return ConditionEvaluationResult.enabled(VARIABLE + " is set");
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return ConditionEvaluationResult.enabled("Docker is there");
        }
        String why = context.getDisplayName() + " skipped: " + VARIABLE + " is not set and Docker is not there";
        System.out.println(why);
        return ConditionEvaluationResult.disabled(why);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AwsEndpoint.class;
    }

    @Override
    public AwsEndpoint resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String given = given();
        if (given != null) {
            return new AwsEndpoint(URI.create(given));
        }
        return new AwsEndpoint(context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LocalStack.class, unused -> LocalStack.start(), LocalStack.class)
                .container()
                .getEndpoint());
    }

    private record LocalStack(LocalStackContainer container) implements AutoCloseable {

        static LocalStack start() {
            LocalStackContainer container = new LocalStackContainer(IMAGE)
                    .withServices(
                            "s3", "secretsmanager", "kms", "stepfunctions", "cloudformation", "events", "sns", "sqs")
                    .withCopyFileToContainer(
                            MountableFile.forClasspathResource("io/kraftlift/access/aws/mocked-tasks.json"),
                            MOCKED_TASKS)
                    .withEnv("SFN_MOCK_CONFIG", MOCKED_TASKS);
            container.start();
            return new LocalStack(container);
        }

        @Override
        public void close() {
            container.close();
        }
    }

    private static @Nullable String given() {
        String value = System.getenv(VARIABLE);
        return value == null || value.isBlank() ? null : value;
    }
}
