package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one execution, in order. Tokens never get in: they are blotted out of every recorded text.
 *
 * <p>Between the end of an execution and its redrive the history is closed, and what threads that are still winding down
 * would add is dropped. Guarded by itself.
 */
final class History {
    private final Clock clock;
    private final List<HistoryEvent> events = new ArrayList<>();
    private boolean open = true;

    History(Clock clock) {
        this.clock = clock;
    }

    /** Adds an event and gives its id; gives {@code previousId} back when the history is closed. */
    synchronized long add(long previousId, String type, String detailsName, ObjectNode details) {
        if (!open) {
            return previousId;
        }
        long id = events.size() + 1L;
        ObjectNode recorded = details.deepCopy();
        blotOut(recorded);
        events.add(new HistoryEvent(id, previousId, clock.instant(), type, detailsName, recorded));
        return id;
    }

    /** Adds the last event and closes. */
    synchronized void end(long previousId, String type, String detailsName, ObjectNode details) {
        add(previousId, type, detailsName, details);
        open = false;
    }

    synchronized void reopen() {
        open = true;
    }

    /** The id of the newest event, 0 before the first. */
    synchronized long lastId() {
        return events.size();
    }

    synchronized List<HistoryEvent> events() {
        return List.copyOf(events);
    }

    private static void blotOut(ObjectNode node) {
        node.properties().forEach(member -> {
            JsonNode value = member.getValue();
            if (value.isTextual()) {
                member.setValue(node.textNode(TaskToken.blotOut(value.textValue())));
            } else if (value instanceof ObjectNode inner) {
                blotOut(inner);
            }
        });
    }
}
