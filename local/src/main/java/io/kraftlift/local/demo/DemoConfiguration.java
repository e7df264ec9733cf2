package io.kraftlift.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The configuration file that a demo writes: what an operator would, with waits that suit a demo. */
final class DemoConfiguration {
    private DemoConfiguration() {}

    /** Writes the file. Two lanes for two cores; waits of seconds, since nobody else depends on the demo's clusters. */
    static void write(Path file, Clusters clusters, Stores stores, Webhook webhook) {
        try {
            Files.writeString(
                    file,
                    String.format(
                            """
            # Written by `kraftlift demo`.
            source:
              bootstrap_servers: %s
              auth:
                mode: plaintext
            target:
              bootstrap_servers: %s
              auth:
                mode: plaintext
            backup:
              directory: %s
            evidence:
              directory: %s
              retention: 7y
            seed:
              workers: 2
              max_concurrent_partitions: 16
              segment_max_bytes: 16MiB
            cutover:
              drain_timeout: 10m
              drain_max_partition_lag: 500
              drain_stable_window: 2s
              max_producer_freeze: 60s
              approval_timeout: 1h
              producer_freeze_webhook: %s
              webhook_secret: %s
            """,
                            clusters.source(),
                            clusters.target(),
                            quoted(stores.backup()),
                            quoted(stores.evidence()),
                            webhook.url(),
                            webhook.secret()));
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's configuration cannot be written to " + file, e);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    /** Bootstrap servers of both sides. */
    record Clusters(String source, String target) {}

    /** Folders of both stores. */
    record Stores(Path backup, Path evidence) {}

    /** How producers are frozen. */
    record Webhook(URI url, String secret) {}
}
