package io.kraftlift.statemachine.payloads;

import io.kraftlift.core.stores.ObjectReference;

/** How the groups' positions were carried over. */
public record TranslateOffsetsResult(
        ObjectReference report, int groupsTranslated, int offsetsCommitted, int warnings, long millis) {}
