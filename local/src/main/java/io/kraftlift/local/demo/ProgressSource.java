package io.kraftlift.local.demo;

/** What a progress screen looks at, several times a second and from any thread. */
@FunctionalInterface
public interface ProgressSource {
    ProgressSnapshot snapshot();
}
