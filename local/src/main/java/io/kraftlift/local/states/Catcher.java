package io.kraftlift.local.states;

/** One entry of {@code Catch}: where a state that failed like this goes on. */
record Catcher(ErrorPattern errors, Exit exit) {}
