package io.kraftlift.brokers;

/**
 * A listener that every broker of a cluster has besides the plaintext one.
 *
 * @param name the listener's name in capitals, such as {@code SCRAM}; broker properties refer to it in small letters
 * @param securityProtocol Kafka's name, such as {@code SASL_SSL}
 */
public record Listener(String name, String securityProtocol) {
    static final String PLAIN = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";

    /** Rejects a name that is not in capitals or that the launcher uses itself. */
    public Listener {
        if (!name.matches("[A-Z][A-Z0-9_]*") || name.equals(PLAIN) || name.equals(CONTROLLER)) {
            throw new IllegalArgumentException("Listener name: must be capitals, digits and _ and neither " + PLAIN
                    + " nor " + CONTROLLER + ", was " + name);
        }
    }
}
