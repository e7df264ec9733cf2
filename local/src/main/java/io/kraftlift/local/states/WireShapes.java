package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What machines, executions and events look like on the wire. */
final class WireShapes {
    /** The members of event details that are left out without {@code includeExecutionData}. */
    private static final List<String> DATA = List.of("input", "output", "parameters", "assignedVariables");

    private WireShapes() {}

    /** Adds a moment as seconds with milliseconds; nothing for null. */
    static ObjectNode date(ObjectNode shape, String field, @Nullable Instant moment) {
        return moment == null ? shape : shape.put(field, BigDecimal.valueOf(moment.toEpochMilli(), 3));
    }

    static ObjectNode machine(StateMachineDescription machine) {
        ObjectNode shape = shape().put("stateMachineArn", machine.arn().toString())
                .put("name", machine.arn().name())
                .put("type", "STANDARD");
        return date(shape, "creationDate", machine.creationDate());
    }

    static ObjectNode executionListItem(ExecutionDescription execution) {
        ObjectNode shape = shape().put("executionArn", execution.arn().toString())
                .put("stateMachineArn", execution.arn().machine().toString())
                .put("name", execution.arn().name())
                .put("status", execution.status().name())
                .put("redriveCount", execution.redriveCount());
        date(shape, "startDate", execution.startDate());
        date(shape, "stopDate", execution.stopDate());
        return date(shape, "redriveDate", execution.redriveDate());
    }

    static ObjectNode execution(ExecutionDescription execution) {
        ObjectNode shape =
                executionListItem(execution).put("input", execution.input().toString());
        shape.putObject("inputDetails").put("included", true);
        if (execution.output() != null) {
            shape.put("output", execution.output().toString());
            shape.putObject("outputDetails").put("included", true);
        }
        if (execution.error() != null) {
            shape.put("error", execution.error());
        }
        if (execution.cause() != null) {
            shape.put("cause", execution.cause());
        }
        boolean redrivable = execution.status().redrivable();
        shape.put("redriveStatus", redrivable ? "REDRIVABLE" : "NOT_REDRIVABLE");
        return redrivable
                ? shape
                : shape.put("redriveStatusReason", "Execution is " + execution.status() + " and cannot be redriven");
    }

    static ObjectNode event(HistoryEvent event, boolean includeData) {
        ObjectNode shape = shape().put("id", event.id())
                .put("previousEventId", event.previousId())
                .put("type", event.type());
        date(shape, "timestamp", event.at());
        if (!event.detailsName().isEmpty()) {
            ObjectNode details = event.details().deepCopy();
            if (!includeData) {
                details.remove(DATA);
            }
            shape.set(event.detailsName(), details);
        }
        return shape;
    }

    private static ObjectNode shape() {
        return JsonNodeFactory.instance.objectNode();
    }
}
