package io.kraftlift.access.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.core.migration.MigrationObjects;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.core.stores.ObjectSummary;
import io.kraftlift.core.stores.Sha256;
import io.kraftlift.core.stores.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a migration as one tree, for signing. Documents stand in it as the steps wrote them. Of
 * the gates only the decisions are taken: the other objects there hold task tokens.
 */
final class MigrationAccount {
    private static final String JSON = ".json";
    private static final String DECISION = "-decision";
    private static final Pattern LANE_RESULT = Pattern.compile("(seed|tail|digest)-(\\d+)");

    private final MigrationRun run;
    private final MigrationObjects objects;

    MigrationAccount(MigrationRun run) {
        this.run = run;
        this.objects = run.objects();
    }

    /**
     * Gathers.
     *
     * @param releasedHolds the settings that were given back, as the topology's ledger names them
     */
    ObjectNode gather(Instant sealedAt, JsonNode releasedHolds) {
        ObjectNode account = Documents.mapper().createObjectNode();
        account.put("migration_id", run.migration().value());
        account.put("sealed_at", sealedAt.toString());
        account.put("fingerprint", run.fingerprint().hex());
        account.set(
                "config", read(run.redactedConfig().getBytes(StandardCharsets.UTF_8), "the redacted configuration"));
        lease().ifPresentOrElse(owner -> account.put("execution", owner), () -> account.putNull("execution"));
        plans(account);
        extensions(account);
        results(account);
        account.set("approvals", decisions());
        account.set("journal", Documents.tree(run.journal().entries()));
        lanes(account);
        account.set("holds_released", releasedHolds);
        return account;
    }

    /** The lease's owner is the execution. */
    private java.util.Optional<String> lease() {
        return run.find(objects.lease(), JsonNode.class)
                .map(lease -> lease.path("owner"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    private void plans(ObjectNode account) {
        ObjectNode plan = account.putObject("plan");
        ObjectNode clusters = account.putObject("clusters");
        ObjectNode digests = account.putObject("plan_digests");
        documents(objects.plans()).forEach((name, content) -> {
            digests.put(name, Sha256.of(content).hex());
            switch (name) {
                case "source.json" -> clusters.set("source", read(content, name));
                case "target.json" -> clusters.set("target", read(content, name));
                default -> {
                    if (name.endsWith(JSON)) {
                        plan.set(stem(name), read(content, name));
                    }
                }
            }
        });
    }

    private void extensions(ObjectNode account) {
        ObjectNode extensions = account.putObject("plan_extensions");
        documents(objects.extensions()).forEach((name, content) -> extensions.set(stem(name), read(content, name)));
    }

    private void results(ObjectNode account) {
        ObjectNode statistics = account.putObject("statistics");
        ObjectNode others = account.putObject("results");
        documents(objects.results()).forEach((name, content) -> {
            String stem = stem(name);
            JsonNode document = read(content, name);
            Matcher ofLane = LANE_RESULT.matcher(stem);
            if (ofLane.matches()) {
                statistics.withObject("/" + ofLane.group(1)).set(ofLane.group(2), document);
                return;
            }
            switch (stem) {
                case "validation", "cutover", "groups" -> account.set(stem, document);
                case "precheck" -> account.set("findings", document);
                case "topology" -> account.set("topology", document);
                default -> others.set(stem, document);
            }
        });
    }

    private ObjectNode decisions() {
        ObjectNode decisions = Documents.mapper().createObjectNode();
        documents(objects.gates(), name -> stem(name).endsWith(DECISION))
                .forEach((name, content) -> decisions.set(
                        stem(name).substring(0, stem(name).length() - DECISION.length()), read(content, name)));
        return decisions;
    }

    private void lanes(ObjectNode account) {
        ObjectNode copied = account.putObject("copied");
        ArrayNode gaps = account.putArray("gaps");
        ArrayNode ended = account.putArray("ended");
        documents(objects.checkpoints()).forEach((name, content) -> {
            JsonNode checkpoint = read(content, name);
            copied.set(stem(name), checkpoint);
            checkpoint.path("gaps").forEach(gaps::add);
            checkpoint.path("ended").forEach(ended::add);
        });
    }

    /** The objects right below a prefix, by the last part of their names. */
    private Map<String, byte[]> documents(ObjectKey prefix) {
        return documents(prefix, name -> true);
    }

    /** Those of a name that is wanted. Others are not even read: who seals may not read tokens. */
    private Map<String, byte[]> documents(ObjectKey prefix, Predicate<String> wanted) {
        Map<String, byte[]> documents = new TreeMap<>();
        for (ObjectSummary summary : run.backup().list(prefix)) {
            String name = summary.key().value().substring(prefix.value().length() + 1);
            if (name.indexOf('/') >= 0 || !wanted.test(name)) {
                continue;
            }
            @Nullable StoredObject object = run.backup().get(summary.key()).orElse(null);
            if (object != null) {
                documents.put(name, object.content());
            }
        }
        return documents;
    }

    private static JsonNode read(byte[] content, String place) {
        return Documents.read(content, JsonNode.class, place);
    }

    private static String stem(String name) {
        return name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    }
}
