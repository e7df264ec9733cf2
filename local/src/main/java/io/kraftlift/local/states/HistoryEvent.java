package io.kraftlift.local.states;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One line of an execution's history.
 *
 * @param id from 1, without gaps
 * @param previousId the event that led to this one, 0 for the first
 * @param type a {@code HistoryEventType} of Step Functions
 * @param detailsName the member that holds the details, such as {@code stateEnteredEventDetails}; empty when the type
 *     has none
 * @param details the details in the shape of the service
 */
public record HistoryEvent(long id, long previousId, Instant at, String type, String detailsName, ObjectNode details) {}
