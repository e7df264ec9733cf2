package io.kraftlift.core.scram;

import java.util.List;

/**
 * A user that a cluster knows by SCRAM.
 *
 * @param mechanisms as Kafka writes them, {@code SCRAM-SHA-512}, ascending
 */
public record ScramUser(String name, List<String> mechanisms) {
    /** The only one that MSK takes. */
    static final String SHA_512 = "SCRAM-SHA-512";

    public ScramUser {
        mechanisms = mechanisms.stream().sorted().toList();
    }
}
