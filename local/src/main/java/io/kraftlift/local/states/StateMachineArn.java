package io.kraftlift.local.states;

import java.util.regex.Pattern;

/**
 * Names a state machine of a {@link StatesServer}; its text form is an ARN of the made-up region {@code local}.
 *
 * @param name 1 to 80 letters, digits, {@code -} and {@code _}
 */
public record StateMachineArn(String name) {
    static final String ACCOUNT = "arn:aws:states:local:000000000000:";
    private static final String PREFIX = ACCOUNT + "stateMachine:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");

    /** Throws {@code InvalidName} for another name. */
    public StateMachineArn {
        requireName("stateMachine", name);
    }

    /** Throws {@code InvalidArn} when the text is not the ARN of a local state machine. */
    public static StateMachineArn parse(String arn) {
        if (!arn.startsWith(PREFIX) || arn.indexOf(':', PREFIX.length()) >= 0) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_ARN,
                    "stateMachineArn: must look like " + PREFIX + "NAME, was '" + arn + "'");
        }
        return new StateMachineArn(arn.substring(PREFIX.length()));
    }

    static void requireName(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new StatesServiceException(
                    StatesServiceException.Code.INVALID_NAME,
                    field + ": must be 1 to 80 letters, digits, '-' and '_', was '" + name + "'");
        }
    }

    @Override
    public String toString() {
        return PREFIX + name;
    }
}
