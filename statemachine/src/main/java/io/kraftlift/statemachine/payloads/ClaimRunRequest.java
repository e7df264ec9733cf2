package io.kraftlift.statemachine.payloads;

/**
 * A run asks for its migration.
 *
 * @param execution the execution's ARN, which becomes the owner of the migration's lease
 * @param mode MIGRATE or PLAN_ONLY
 */
public record ClaimRunRequest(RunReference run, String execution, String mode) {}
