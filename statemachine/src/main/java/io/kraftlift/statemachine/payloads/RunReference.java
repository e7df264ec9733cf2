package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.migration.MigrationId;
import io.kraftlift.core.stores.ObjectReference;

/**
 * The run that a state belongs to. Every function's request has it as {@code run}.
 *
 * @param config the configuration file, references unresolved
 */
public record RunReference(MigrationId migration, ObjectReference config) {}
