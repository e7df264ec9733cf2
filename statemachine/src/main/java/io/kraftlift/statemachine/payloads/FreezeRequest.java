package io.kraftlift.statemachine.payloads;

import java.time.Instant;

/**
 * Producers are to be frozen.
 *
 * @param beginBy after which nobody may be asked: the guard may have looked, and seen no freeze
 */
public record FreezeRequest(RunReference run, Instant beginBy) {}
