package io.kraftlift.cli;

import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.KraftliftFailure;

/** What the command's exit status says. Numbers are for ever; {@code docs/exit-codes.md} explains them. */
public enum ExitCode {
    OK(0, "done, and nothing is wrong"),
    DEFECT(1, "an error that nobody foresaw"),
    USAGE(2, "the command line was wrong"),
    CONFIGURATION_WRONG(3, "the configuration file has errors"),
    OPERATOR_ACTION_NEEDED(4, "a person has to change something first"),
    TRY_AGAIN(5, "the same command may succeed later"),
    INVARIANT_BROKEN(6, "something was seen that must never be; everything was kept as it is"),
    VERIFICATION_REFUSED(7, "the evidence proves nothing"),
    CHECKS_FAILED(8, "a check of the validation failed"),
    CHECKS_WARNED(9, "no check failed, and one has a warning"),
    BLOCKED(10, "the precheck found blockers"),
    NOTHING_THERE(11, "there is no such run, gate or file"),
    NOT_CONFIRMED(12, "the question was not answered with yes, and nothing was done"),
    INTERRUPTED(130, "the command was interrupted");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    /** What a failure exits with. */
    static ExitCode of(KraftliftFailure failure) {
        if (failure.failureName() == FailureName.CONFIGURATION_WRONG) {
            return CONFIGURATION_WRONG;
        }
        if (failure.failureName() == FailureName.PRECHECK_BLOCKED) {
            return BLOCKED;
        }
        if (failure.failureName() == FailureName.VALIDATION_FAILED) {
            return CHECKS_FAILED;
        }
        return switch (failure.failureName().family()) {
            case OPERATOR_ACTION_NEEDED -> OPERATOR_ACTION_NEEDED;
            case TRY_AGAIN -> TRY_AGAIN;
            case INVARIANT_BROKEN -> INVARIANT_BROKEN;
        };
    }
}
