package io.kraftlift.access.aws;

import io.kraftlift.brokers.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * S3Proxy in a process of its own, which keeps objects in memory. Gives itself as a parameter of type
 * {@link AwsEndpoint}; one server serves every class of the run. It has no Object Lock,
 * believes every signature, and compares an {@code If-Match} and writes in two steps.
 */
public final class S3Proxy implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(S3Proxy.class);

    /** A free port may be taken by another process before the server binds it. */
    private static final int STARTS = 3;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == AwsEndpoint.class;
    }

    @Override
    public AwsEndpoint resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Running.class, unused -> start(), Running.class)
                .endpoint();
    }

    private record Running(ForkedJvm process, AwsEndpoint endpoint) implements AutoCloseable {
        @Override
        public void close() {
            process.close();
        }
    }

    private static Running start() {
        for (int left = STARTS; ; left--) {
            Running running = startOnce();
            if (running.process().isAlive()) {
                return running;
            }
            if (left == 1) {
                throw new IllegalStateException(
                        "S3Proxy must start, ended with " + running.process().logTail(20));
            }
        }
    }

    private static Running startOnce() {
        try {
            Path directory = Files.createTempDirectory("s3proxy");
            int port = freePort();
            URI endpoint = URI.create("http://127.0.0.1:" + port);
            Path settings = Files.write(
                    directory.resolve("s3proxy.conf"),
                    List.of(
                            "s3proxy.authorization=none",
                            "s3proxy.endpoint=" + endpoint,
                            "jclouds.provider=transient-nio2",
                            "jclouds.identity=unused",
                            "jclouds.credential=unused"));
            ForkedJvm process = ForkedJvm.named("S3Proxy")
                    .mainClass("org.gaul.s3proxy.Main")
                    .arguments("--properties", settings.toString())
                    .classPath(jars())
                    .jvmOptions(List.of(
                            "-Xmx768m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + resource("/s3proxy-logback.xml")))
                    .logFile(directory.resolve("s3proxy.log"))
                    .start();
            Awaitility.await("S3Proxy answers")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !process.isAlive() || listens(port));
            return new Running(process, new AwsEndpoint(endpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The class path that the build of {@code access/s3proxy} wrote. */
    private static List<Path> jars() throws IOException {
        Path file = Path.of(System.getProperty("kraftlift.home"), "access/s3proxy/target/classpath");
        return Stream.of(Files.readString(file).strip().split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .toList();
    }

    private static String resource(String name) {
        return String.valueOf(S3Proxy.class.getResource(name));
    }
}
