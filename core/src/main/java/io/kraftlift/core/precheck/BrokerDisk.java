package io.kraftlift.core.precheck;

/**
 * A broker's disks together (KIP-827).
 *
 * @param totalBytes of the volumes that hold its log directories
 * @param usableBytes how much of it is free
 */
public record BrokerDisk(int broker, long totalBytes, long usableBytes) {}
