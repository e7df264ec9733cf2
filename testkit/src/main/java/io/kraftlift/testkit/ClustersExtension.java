package io.kraftlift.testkit;

import io.kraftlift.brokers.ClusterSettings;
import io.kraftlift.testkit.Clusters.Plan;
import io.kraftlift.testkit.RealClusters.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the clusters that {@link RealClusters} asks for, and closes them after their last class. */
final class ClustersExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ClustersExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        clusters(context).start(List.of(annotation(context).start()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Clusters.class;
    }

    @Override
    public Clusters resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return clusters(context);
    }

    private static Clusters clusters(ExtensionContext context) {
        RealClusters asked = annotation(context);
        ExtensionContext owner = asked.shared() ? context.getRoot() : classContext(context);
        return owner.getStore(NAMESPACE)
                .getOrComputeIfAbsent(key(asked), unused -> new Closing(create(asked)), Closing.class)
                .clusters();
    }

    private static Clusters create(RealClusters asked) {
        Path directory = temporaryDirectory();
        Map<Role, Plan> plans = Map.of(
                Role.SOURCE,
                new Plan(
                        ClusterSettings.in(directory.resolve("source"))
                                .withBrokers(asked.sourceBrokers())
                                .withBrokerProperties(properties(asked.sourceProperties()))
                                .withJvmOptions(List.of(asked.jvmOptions())),
                        asked.sourceRelease()),
                Role.TARGET,
                new Plan(
                        ClusterSettings.in(directory.resolve("target"))
                                .withBrokers(asked.targetBrokers())
                                .withBrokerProperties(properties(asked.targetProperties()))
                                .withJvmOptions(List.of(asked.jvmOptions())),
                        asked.targetRelease()));
        return asked.signIns() ? Clusters.withSignIns(directory, plans) : Clusters.in(directory, plans);
    }

    /** What tells clusters apart; which of them are started at once does not. */
    private static String key(RealClusters asked) {
        return Stream.of(
                        asked.sourceBrokers(),
                        asked.targetBrokers(),
                        Arrays.toString(asked.sourceProperties()),
                        Arrays.toString(asked.targetProperties()),
                        asked.sourceRelease(),
                        asked.targetRelease(),
                        asked.signIns(),
                        Arrays.toString(asked.jvmOptions()))
                .map(Object::toString)
                .collect(Collectors.joining("|"));
    }

    private static Map<String, String> properties(String[] lines) {
        return Arrays.stream(lines).collect(Collectors.toMap(ClustersExtension::name, ClustersExtension::value));
    }

    private static String name(String line) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("@RealClusters property: must be name=value, was " + line);
        }
        return line.substring(0, equals);
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1);
    }

    private static RealClusters annotation(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            RealClusters found = type.getAnnotation(RealClusters.class);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalStateException(
                context.getRequiredTestClass() + ": must carry @RealClusters, or its enclosing class must");
    }

    private static ExtensionContext classContext(ExtensionContext context) {
        ExtensionContext outermost = context;
        while (outermost
                .getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .isPresent()) {
            outermost = outermost.getParent().orElseThrow();
        }
        return outermost;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("kraftlift-clusters");
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary directory cannot be created", e);
        }
    }

    /** Lets JUnit close the clusters with the store that holds them. */
    private record Closing(Clusters clusters) implements AutoCloseable {
        @Override
        public void close() {
            clusters.close();
        }
    }
}
