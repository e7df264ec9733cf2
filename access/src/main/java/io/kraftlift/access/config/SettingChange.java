package io.kraftlift.access.config;

import org.jspecify.annotations.Nullable;

/**
 * A setting that another configuration has otherwise.
 *
 * @param path from the root, joined by dots: {@code cutover.drain_timeout}
 * @param before as JSON; null where it had no value
 * @param after as JSON; null where it has no value
 * @param effect what the change means for a migration that has begun
 */
public record SettingChange(
        String path, @Nullable String before, @Nullable String after, Effect effect) {
    /** What a change means for a migration that has begun. */
    public enum Effect {
        /** From now on it goes by the new value. */
        ACCEPTED,
        /** What was begun follows from the old value. */
        REFUSED
    }

    public boolean isRefused() {
        return effect == Effect.REFUSED;
    }

    /** {@code seed.workers: was 4, is 8}. */
    @Override
    public String toString() {
        return path + ": was " + word(before) + ", is " + word(after);
    }

    private static String word(@Nullable String value) {
        return value == null ? "absent" : value;
    }
}
