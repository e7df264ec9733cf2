package io.kraftlift.benchmarks.copiers;

import io.kraftlift.brokers.ForkedJvm;
import java.nio.file.Path;
import java.util.List;

/** A way to copy every record of the source's topics to topics of the same name that are empty. */
public interface Copier {
    /** As in {@code --only}. */
    String name();

    /**
     * Starts to copy.
     *
     * @param folder this run's own, which exists
     * @return what copies; the measuring begins when this returns
     * @throws InterruptedException when the thread is asked to stop meanwhile
     */
    List<ForkedJvm> start(Path folder) throws InterruptedException;
}
