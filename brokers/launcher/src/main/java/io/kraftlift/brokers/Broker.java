package io.kraftlift.brokers;

import java.nio.file.Path;

/**
 * A broker of a cluster as it is at one time.
 *
 * @param id the broker's id, 1 or higher
 * @param port the port of its plaintext listener
 * @param pid the id of its process, also after that has ended
 * @param alive whether the process exists
 * @param logFile the broker's log
 * @param dataDirectory the folder that holds the partitions
 */
public record Broker(int id, int port, long pid, boolean alive, Path logFile, Path dataDirectory) {}
