package io.kraftlift.benchmarks.copiers;

import io.kraftlift.brokers.ForkedJvm;
import java.nio.file.Path;
import java.util.List;

/** What one would write by hand: a tuned consumer whose records a tuned producer sends. */
public final class ClientLoop implements Copier {
    private final Clusters clusters;

    public ClientLoop(Clusters clusters) {
        this.clusters = clusters;
    }

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public List<ForkedJvm> start(Path folder) {
        return List.of(OwnProgram.fork(
                name(),
                ClientLoopProgram.class,
                folder,
                List.of("-Xmx1g"),
                List.of(clusters.source(), clusters.target(), String.join(",", clusters.topics()))));
    }
}
