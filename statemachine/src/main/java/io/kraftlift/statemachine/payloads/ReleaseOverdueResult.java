package io.kraftlift.statemachine.payloads;

import java.time.Instant;

/**
 * What became of a freeze that was looked at.
 *
 * @param settled whether producers are not frozen, or the cutover was committed; if not, it is to be looked at again
 * @param released whether producers were let go on now
 * @param lookAt when to look again; now, when settled
 */
public record ReleaseOverdueResult(boolean settled, boolean released, Instant lookAt) {}
