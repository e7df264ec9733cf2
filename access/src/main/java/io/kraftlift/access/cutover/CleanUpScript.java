package io.kraftlift.access.cutover;

import io.kraftlift.core.topology.Hold;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyLedger;
import java.util.List;

/**
 * What a person runs after a rollback, in a shell with Kafka's command line tools: removes the topics that the migration made
 * on the target, and gives those that were there before the settings back that were held while copying.
 *
 * @param migration its id
 * @param servers the target's bootstrap servers
 */
record CleanUpScript(String migration, String servers, TopologyLedger ledger) {
    String text() {
        StringBuilder script = new StringBuilder("#!/bin/sh\n"
                + "# Removes what migration " + migration + " made on the target.\n"
                + "# client.properties holds the credentials of a principal that may delete and alter topics.\n"
                + "set -eu\n");
        ledger.created()
                .forEach(topic -> script.append("kafka-topics.sh")
                        .append(connection())
                        .append(" --delete --if-exists --topic '")
                        .append(topic)
                        .append("'\n"));
        ledger.topics().stream()
                .filter(topic -> topic.origin() == TopicOrigin.FOUND)
                .forEach(topic -> topic.holds().forEach(hold -> script.append(restoring(hold))));
        return script.toString();
    }

    /** The holds on topics that were there before; those of the others end with the topics. */
    List<String> holds() {
        return ledger.topics().stream()
                .filter(topic -> topic.origin() == TopicOrigin.FOUND)
                .flatMap(topic -> topic.holds().stream())
                .map(hold -> hold.topic() + " " + hold.key() + "=" + hold.held())
                .toList();
    }

    private String restoring(Hold hold) {
        String change = hold.restored() == null
                ? " --delete-config '" + hold.key() + "'"
                : " --add-config '" + hold.key() + "=[" + hold.restored() + "]'";
        return "kafka-configs.sh" + connection() + " --alter --topic '" + hold.topic() + "'" + change + "\n";
    }

    private String connection() {
        return " --bootstrap-server '" + servers + "' --command-config client.properties";
    }
}
