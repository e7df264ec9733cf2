package io.kraftlift.lambdas.sealhistory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.report.EvidenceKey;
import io.kraftlift.access.report.EvidenceStore;
import io.kraftlift.access.runs.MigrationRun;
import io.kraftlift.access.signing.EvidenceSealer;
import io.kraftlift.core.stores.ObjectKey;
import io.kraftlift.statemachine.payloads.SafetyNetRequest;
import io.kraftlift.statemachine.payloads.SealHistoryResult;

/**
 * Signs an execution's history and stores it beside the evidence, {@code history-<execution>.json}, once per end: a redrive's
 * end makes another, {@code history-<execution>-redrive-1.json}. Where the store can, it is locked as long as the evidence. An
 * execution that never had the migration leaves nothing.
 */
final class HistorySealing {
    private final MigrationRun run;
    private final ExecutionHistory histories;

    HistorySealing(MigrationRun run, ExecutionHistory histories) {
        this.run = run;
        this.histories = histories;
    }

    SealHistoryResult seal(SafetyNetRequest.Detail ended) {
        boolean owns = run.find(run.objects().lease(), JsonNode.class)
                .map(lease -> lease.path("owner").asText())
                .filter(ended.executionArn()::equals)
                .isPresent();
        if (!owns) {
            return new SealHistoryResult(null, 0);
        }
        ObjectNode history = histories.of(ended.executionArn());
        history.put("migration_id", run.migration().value());
        history.put("fingerprint", run.fingerprint().hex());
        ObjectKey key = keyOf(ended.executionArn(), history.path("redrives").asInt());
        // What is there already is of the same end, and stays.
        new EvidenceStore(run).putIfAbsent(key, EvidenceSealer.seal(history, EvidenceKey.of(run)));
        return new SealHistoryResult(
                run.evidence().root().resolve(key.value()).toString(),
                history.path("events").size());
    }

    private ObjectKey keyOf(String executionArn, int redrives) {
        String name = executionArn.substring(executionArn.lastIndexOf(':') + 1);
        return run.objects().evidence("history-" + name + (redrives == 0 ? "" : "-redrive-" + redrives) + ".json");
    }
}
