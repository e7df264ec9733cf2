package io.kraftlift.statemachine.payloads;

/**
 * How a cutover was given up, or why not.
 *
 * @param released whether producers were let go on now
 * @param committed whether the cutover holds, so that it is to be finished instead
 */
public record UnfreezeResult(boolean released, boolean committed) {}
