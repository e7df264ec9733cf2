package io.kraftlift.local.demo;

import io.kraftlift.local.workload.DemoScale;
import java.nio.file.Path;

/**
 * What a demo run is asked for.
 *
 * @param home the project's root folder, where the class paths of brokers and worker were built
 * @param directory the run folder; emptied first when it is an earlier run's
 * @param scale how much the source holds
 * @param recordsPerSecond of the live producer
 */
public record DemoSettings(Path home, Path directory, DemoScale scale, int recordsPerSecond) {
    public DemoSettings {
        home = home.toAbsolutePath().normalize();
        directory = directory.toAbsolutePath().normalize();
    }
}
