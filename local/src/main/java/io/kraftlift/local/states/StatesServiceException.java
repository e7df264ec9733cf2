package io.kraftlift.local.states;

/** A request that the service refuses, with the name that Step Functions gives to the refusal. */
public final class StatesServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The refusals; {@link #wireName()} is the {@code __type} of the protocol. */
    public enum Code {
        EXECUTION_ALREADY_EXISTS("ExecutionAlreadyExists"),
        EXECUTION_DOES_NOT_EXIST("ExecutionDoesNotExist"),
        EXECUTION_NOT_REDRIVABLE("ExecutionNotRedrivable"),
        INVALID_ARN("InvalidArn"),
        INVALID_DEFINITION("InvalidDefinition"),
        INVALID_EXECUTION_INPUT("InvalidExecutionInput"),
        INVALID_NAME("InvalidName"),
        INVALID_OUTPUT("InvalidOutput"),
        INVALID_PAGE("InvalidToken"),
        INVALID_TOKEN("InvalidToken"),
        REQUEST_TOO_LARGE("RequestEntityTooLargeException"),
        SERIALIZATION("SerializationException"),
        STATE_MACHINE_ALREADY_EXISTS("StateMachineAlreadyExists"),
        STATE_MACHINE_DOES_NOT_EXIST("StateMachineDoesNotExist"),
        TASK_DOES_NOT_EXIST("TaskDoesNotExist"),
        TASK_TIMED_OUT("TaskTimedOut"),
        UNKNOWN_OPERATION("UnknownOperationException"),
        VALIDATION("ValidationException");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    private final Code code;

    StatesServiceException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
