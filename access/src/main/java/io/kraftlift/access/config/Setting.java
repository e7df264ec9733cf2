package io.kraftlift.access.config;

import org.jspecify.annotations.Nullable;

/**
 * One setting: where it stands, what it may be, and what holds when nothing is said.
 *
 * @param path from the root, joined by dots: {@code cutover.drain_timeout}
 * @param byDefault as it would be written; null where there is no default
 */
record Setting<T>(
        String path,
        ValueType<T> type,
        Shape shape,
        @Nullable String byDefault) {
    /** How a setting's value is written and shown. */
    enum Shape {
        SINGLE,
        /** A list of such values; empty by default. */
        LIST,
        /** A single value that is never shown. */
        SECRET
    }

    static <T> Setting<T> of(String path, ValueType<T> type) {
        return new Setting<>(path, type, Shape.SINGLE, null);
    }

    static <T> Setting<T> of(String path, ValueType<T> type, String byDefault) {
        return new Setting<>(path, type, Shape.SINGLE, byDefault);
    }

    static <T> Setting<T> list(String path, ValueType<T> type) {
        return new Setting<>(path, type, Shape.LIST, null);
    }

    static <T> Setting<T> secret(String path, ValueType<T> type) {
        return new Setting<>(path, type, Shape.SECRET, null);
    }

    /** The path's last name. */
    String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The path of the section that it stands in. */
    String section() {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }
}
