package io.kraftlift.statemachine.payloads;

/**
 * One round of carrying over positions of groups that are still on the source.
 *
 * @param acknowledged whether the client switch was acknowledged, so that the loop ends
 * @param offsetsCommitted in this round
 */
public record ResyncResult(boolean acknowledged, int offsetsCommitted) {}
