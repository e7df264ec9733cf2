package io.kraftlift.statemachine.payloads;

import org.jspecify.annotations.Nullable;

/** A request with what led to it: a caught error's name and cause, or a rejection. */
public record CauseRequest(
        RunReference run, @Nullable String error, @Nullable String cause) {}
