package io.kraftlift.replicator;

import io.kraftlift.access.runs.Surroundings;

/** The worker's process: copies or compares one lane, as the environment says ({@code docs/formats.md}). */
public final class Worker {
    private Worker() {}

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "kraftlift-worker-logback.xml");
        WorkerProcess process = new WorkerProcess(Surroundings.real(), System.err);
        System.exit(process.run().code());
    }
}
