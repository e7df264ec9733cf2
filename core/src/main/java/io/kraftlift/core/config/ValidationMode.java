package io.kraftlift.core.config;

/** How records are proven equal. */
public enum ValidationMode {
    /** A digest over every record batch, made while copying, against one read of the target. */
    FULL,
    /** Some records of every partition, byte for byte. */
    SAMPLE
}
