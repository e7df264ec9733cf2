package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;

/** Findings by severity. With blockers there is no result: the function fails with PRECHECK_BLOCKED. */
public record PrecheckResult(ObjectReference findings, int warnings, int infos) {}
