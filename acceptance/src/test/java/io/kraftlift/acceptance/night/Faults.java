package io.kraftlift.acceptance.night;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.kraftlift.local.functions.HandlerDecorator;
import io.kraftlift.statemachine.FunctionName;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What happens once, right before or right after a function's next call. Safe for several threads. */
final class Faults implements HandlerDecorator {
    private final Map<FunctionName, Fault> before = new ConcurrentHashMap<>();
    private final Map<FunctionName, Fault> after = new ConcurrentHashMap<>();

    /** Something that goes wrong; what it throws is what the function throws. */
    @FunctionalInterface
    interface Fault {
        void strike() throws IOException;
    }

    /** When a fault strikes. */
    enum Moment {
        BEFORE,
        AFTER
    }

    void plan(Moment moment, FunctionName function, Fault fault) {
        (moment == Moment.BEFORE ? before : after).put(function, fault);
    }

    /** A function that fails, for a reason that no state tries again. */
    static void fail() {
        throw new IllegalStateException("a planned failure");
    }

    /** Whether everything planned has happened. */
    boolean areSpent() {
        return before.isEmpty() && after.isEmpty();
    }

    @Override
    public RequestStreamHandler decorate(FunctionName function, RequestStreamHandler handler) {
        return (input, output, context) -> {
            strike(before.remove(function));
            handler.handleRequest(input, output, context);
            strike(after.remove(function));
        };
    }

    private static void strike(@Nullable Fault fault) throws IOException {
        if (fault != null) {
            fault.strike();
        }
    }
}
