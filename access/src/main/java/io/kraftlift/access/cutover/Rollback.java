package io.kraftlift.access.cutover;

import com.fasterxml.jackson.databind.JsonNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.config.ClusterLocation;
import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.migration.Phase;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectReference;
import io.kraftlift.core.stores.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ends a migration before its commit: producers go on, the tail stops, the target is left for a person to clean up. */
public final class Rollback {
    private final MigrationRun run;

    public Rollback(MigrationRun run) {
        this.run = run;
    }

    /**
     * The account of a rollback, {@code rollback.json} in the evidence store.
     *
     * @param released whether this call let producers go on
     * @param topicsCreated topics of the target that this migration created
     * @param cleanUpScript for a shell with Kafka's command line tools; it removes those topics and is run by a person
     */
    public record Report(
            MigrationId migration,
            Instant at,
            boolean released,
            Map<String, String> cause,
            List<String> topicsCreated,
            String cleanUpScript) {}

    /**
     * Rolls back.
     *
     * @throws io.kraftlift.core.failures.OperatorActionNeeded COMMIT_ALREADY_MADE after the cutover
     */
    public StepReport rollBack(Cause cause) throws InterruptedException {
        Stopwatch watch = Stopwatch.start(run.surroundings().clock());
        new FreezeObject(run).requireNotCommitted("rolling back");
        boolean released;
        try {
            released = new ProducerRelease(run).release();
        } finally {
            new ControlObject(run).stop();
        }
        List<String> topics = topicsCreated();
        Report report = new Report(run.migration(), watch.now(), released, cause.facts(), topics, script(topics));
        byte[] json = Documents.write(report);
        ObjectKey key = run.objects().evidence("rollback.json");
        run.evidence().put(key, ByteBuffer.wrap(json));
        run.journal().append(Phase.ROLLED_BACK, "rollback", cause.facts());
        return new StepReport(
                new ObjectReference(run.evidence().root().resolve(key.value()), Sha256.of(json)), watch.millis());
    }

    private List<String> topicsCreated() {
        List<String> topics = new ArrayList<>();
        run.find(run.objects().result("topology"), JsonNode.class).ifPresent(ledger -> {
            for (JsonNode topic : ledger.path("topics")) {
                if (topic.path("origin").asText().equals("CREATED")) {
                    topics.add(topic.path("name").asText());
                }
            }
        });
        return topics;
    }

    private String script(List<String> topics) {
        String servers = run.config().target().location() instanceof ClusterLocation.Bootstrap bootstrap
                ? bootstrap.servers()
                : "TARGET_BOOTSTRAP_SERVERS";
        StringBuilder script = new StringBuilder("#!/bin/sh\n"
                + "# Removes the topics that migration " + run.migration() + " created on the target.\n"
                + "# client.properties holds the credentials of a principal that may delete topics.\n"
                + "set -eu\n");
        topics.forEach(topic -> script.append("kafka-topics.sh --bootstrap-server '")
                .append(servers)
                .append("' --command-config client.properties --delete --topic '")
                .append(topic)
                .append("'\n"));
        return script.toString();
    }
}
