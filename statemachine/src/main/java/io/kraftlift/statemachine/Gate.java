package io.kraftlift.statemachine;

import io.kraftlift.core.migration.Phase;

/** The points at which a person decides. The name is the object's: {@code gates/cutover.json}. */
public enum Gate {
    CUTOVER("cutover", Phase.DRAIN_READY),
    /** Only where no webhook stops the producers: a person has done it. */
    PRODUCER_FREEZE("producer-freeze", Phase.DRAIN_READY),
    CLIENT_SWITCH("client-switch", Phase.AWAITING_CLIENT_SWITCH);

    private final String objectName;
    private final Phase openIn;

    Gate(String objectName, Phase openIn) {
        this.objectName = objectName;
        this.openIn = openIn;
    }

    public String objectName() {
        return objectName;
    }

    /** The phase that waits at this gate. */
    public Phase openIn() {
        return openIn;
    }

    /** The name of the decision that was accepted: {@code gates/cutover-decision.json}. */
    public String decisionName() {
        return objectName + "-decision";
    }
}
