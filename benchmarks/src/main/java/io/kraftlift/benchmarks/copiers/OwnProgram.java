package io.kraftlift.benchmarks.copiers;

import io.kraftlift.brokers.ForkedJvm;
import java.nio.file.Path;
import java.util.List;

/** A program of these benchmarks in a process of its own. */
final class OwnProgram {
    private OwnProgram() {}

    static ForkedJvm fork(String name, Class<?> main, Path folder, List<String> jvmOptions, List<String> arguments) {
        return ForkedJvm.named(name)
                .mainClass(main.getName())
                .arguments(arguments.toArray(String[]::new))
                .classPath(System.getProperty("java.class.path", ""))
                .jvmOptions(jvmOptions)
                .logFile(folder.resolve(name + ".log"))
                .start();
    }
}
