package io.kraftlift.brokers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the jars of a broker release in the class path files that the build writes. */
public final class BrokerClasspath {
    /** The system property that names the project's root folder. */
    public static final String HOME_PROPERTY = "kraftlift.home";

    private static final String REMEDY = "run ./mvnw -q -pl brokers/kafka-2.8,brokers/kafka-3.9,brokers/kafka-4.3"
            + " generate-resources in the project's root folder";

    private final Path home;

    private BrokerClasspath(Path home) {
        this.home = home;
    }

    /** Looks below the given project root folder. */
    public static BrokerClasspath below(Path home) {
        return new BrokerClasspath(home);
    }

    /**
     * Looks below the folder that the system property {@value #HOME_PROPERTY} names.
     *
     * @throws IllegalStateException when the property is not set
     */
    public static BrokerClasspath ofProject() {
        String home = System.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new IllegalStateException("System property " + HOME_PROPERTY
                    + ": must name the project's root folder, was not set; start Java with -D" + HOME_PROPERTY
                    + "=<folder>");
        }
        return below(Path.of(home));
    }

    /** The project's root folder. */
    Path home() {
        return home;
    }

    /**
     * The jars of a release, in class path order.
     *
     * @throws IllegalStateException when the class path file or a jar that it names is missing; the message has the
     *     remedy
     */
    public List<Path> jarsOf(KafkaRelease release) {
        Path file = home.resolve("brokers").resolve(release.folder()).resolve("target/classpath");
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException(
                    file + ": must hold the class path of " + release + ", was missing; " + REMEDY);
        }
        List<Path> jars = Stream.of(read(file).split(Pattern.quote(File.pathSeparator)))
                .map(Path::of)
                .toList();
        for (Path jar : jars) {
            if (!Files.isRegularFile(jar)) {
                throw new IllegalStateException(
                        file + ": every named jar must exist, missing is " + jar + "; " + REMEDY);
            }
        }
        return jars;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
