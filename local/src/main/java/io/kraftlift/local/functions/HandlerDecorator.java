package io.kraftlift.local.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.kraftlift.statemachine.FunctionName;

/** Stands between the state machine and a handler: an exercise of what goes wrong before, in and after a function. */
@FunctionalInterface
public interface HandlerDecorator {
    /** Leaves every handler as it is. */
    HandlerDecorator NONE = (function, handler) -> handler;

    /** What is called instead of the handler; called once for each function. */
    RequestStreamHandler decorate(FunctionName function, RequestStreamHandler handler);
}
