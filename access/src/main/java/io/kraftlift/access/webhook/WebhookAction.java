package io.kraftlift.access.webhook;

/** What the producers' side is asked to do. */
public enum WebhookAction {
    FREEZE("freeze"),
    UNFREEZE("unfreeze");

    private final String word;

    WebhookAction(String word) {
        this.word = word;
    }

    /** As it stands in the call's body. */
    public String word() {
        return word;
    }
}
