package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One attempt at the current state of a frame.
 *
 * @param query input, context and variables as they are at the beginning of the attempt
 */
record Visit(Run run, Frame frame, Query query) {
    /** Adds an event to the history, caused by the frame's last one. */
    void record(String type, String detailsName, ObjectNode details) {
        frame.lastEvent(run.history().add(frame.lastEvent(), type, detailsName, details));
    }

    void record(String type) {
        record(type, "", details());
    }

    static ObjectNode details() {
        return JsonNodeFactory.instance.objectNode();
    }
}
