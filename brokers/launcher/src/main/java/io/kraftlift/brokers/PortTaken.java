package io.kraftlift.brokers;

import java.util.function.Supplier;

/** Starts again, with other ports, when somebody took a port between its choice and its use. */
final class PortTaken {
    private static final int ATTEMPTS = 4;

    private PortTaken() {}

    static <T> T retry(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (BrokerStartFailed e) {
                if (attempt == ATTEMPTS || !isReasonOf(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isReasonOf(BrokerStartFailed failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("Address already in use") || message.contains("BindException");
    }
}
