package io.kraftlift.core.config;

/**
 * How much is proven, and how exactly.
 *
 * @param countTolerance records by which a partition's counts may differ before the check fails
 * @param spotCheckRecordsPerPartition records compared per partition in SAMPLE mode
 */
public record ValidationSettings(ValidationMode mode, long countTolerance, int spotCheckRecordsPerPartition) {}
