package io.kraftlift.statemachine.lint;

/** What {@link DefinitionLint} looks for; each rule says how its findings are remedied. */
public enum LintRule {
    NOT_JSONATA("set \"QueryLanguage\": \"JSONata\" at the top and nothing else below"),
    JSONPATH_FIELD("use Arguments, Output, Assign, Items or a {% %} expression instead"),
    MISSING_STATE("name a state of the same scope"),
    UNREACHABLE_STATE("lead to it from StartAt, or remove it"),
    NO_TERMINAL_STATE("end the scope with \"End\": true, Succeed or Fail"),
    DUPLICATE_STATE_NAME("give every state of the whole definition a name of its own"),
    UNDEFINED_VARIABLE("assign it in a state that every way to here passes, or in an outer scope"),
    SHADOWED_VARIABLE(
            "use another name: an assignment in an inner scope does not change the variable of the outer one"),
    UNPARSABLE_EXPRESSION("correct the JSONata"),
    HEARTBEAT_NOT_BELOW_TIMEOUT("make HeartbeatSeconds smaller than TimeoutSeconds"),
    STATES_ALL_NOT_ALONE("give States.ALL an entry of its own"),
    STATES_ALL_NOT_LAST("move the entry with States.ALL to the end"),
    TASK_WITHOUT_TIMEOUT("add TimeoutSeconds; the default is three years"),
    WAITING_TASK_WITHOUT_TIMEOUT(
            "add TimeoutSeconds; a lost worker or answer would hold the execution for three years"),
    UNKNOWN_SUBSTITUTION("use a substitution that the deployment gives, or add it there"),
    TOKEN_OUTSIDE_OF_WAITING_TASK("use the token only in the Arguments of a .waitForTaskToken Task"),
    CATCH_ALL_RETRY_OF_WAITING_TASK("name the errors to retry: a retry asks people again, with a new token");

    private final String remedy;

    LintRule(String remedy) {
        this.remedy = remedy;
    }

    /** What to do about a finding. */
    public String remedy() {
        return remedy;
    }
}
