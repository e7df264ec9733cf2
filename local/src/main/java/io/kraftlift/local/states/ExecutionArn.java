package io.kraftlift.local.states;

/**
 * Names an execution of a state machine of a {@link StatesServer}.
 *
 * @param machine the state machine
 * @param name 1 to 80 letters, digits, {@code -} and {@code _}, unique within the state machine
 */
public record ExecutionArn(StateMachineArn machine, String name) {
    private static final String PREFIX = StateMachineArn.ACCOUNT + "execution:";

    /** Throws {@code InvalidName} for another name. */
    public ExecutionArn {
        StateMachineArn.requireName("name", name);
    }

    /** Throws {@code InvalidArn} when the text is not the ARN of a local execution. */
    public static ExecutionArn parse(String arn) {
        String rest = arn.startsWith(PREFIX) ? arn.substring(PREFIX.length()) : "";
        int colon = rest.indexOf(':');
        if (colon < 0 || rest.indexOf(':', colon + 1) >= 0) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_ARN,
                    "executionArn: must look like " + PREFIX + "MACHINE:NAME, was '" + arn + "'");
        }
        return new ExecutionArn(new StateMachineArn(rest.substring(0, colon)), rest.substring(colon + 1));
    }

    @Override
    public String toString() {
        return PREFIX + machine.name() + ":" + name;
    }
}
