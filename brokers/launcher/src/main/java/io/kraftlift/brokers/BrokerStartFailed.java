package io.kraftlift.brokers;

/** A forked process did not become ready; the message says which one, why, and what its log says last. */
public final class BrokerStartFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerStartFailed(String message) {
        super(message);
    }

    BrokerStartFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
