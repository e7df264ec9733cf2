package io.kraftlift.statemachine;

/** The points at which a person decides. The name is the object's: {@code gates/cutover.json}. */
public enum Gate {
    CUTOVER("cutover"),
    CLIENT_SWITCH("client-switch");

    private final String objectName;

    Gate(String objectName) {
        this.objectName = objectName;
    }

    public String objectName() {
        return objectName;
    }

    /** The name of the decision that was accepted: {@code gates/cutover-decision.json}. */
    public String decisionName() {
        return objectName + "-decision";
    }
}
