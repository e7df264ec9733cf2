package io.kraftlift.statemachine.payloads;

import io.kraftlift.statemachine.Mode;

/**
 * A run asks for its migration.
 *
 * @param execution the execution's ARN, which becomes the owner of the migration's lease
 */
public record ClaimRunRequest(RunReference run, String execution, Mode mode) {}
