package io.kraftlift.core.topology;

/** When a hold ends. */
public enum HoldKind {
    /** What lets batches through unchanged. Ends before clients may produce to the target. */
    WRITE,
    /** What keeps records from being removed. Ends when nothing reads the whole log any more. */
    CLEANUP
}
