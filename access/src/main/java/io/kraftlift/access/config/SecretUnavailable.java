package io.kraftlift.access.config;

/** A referenced secret has no value for us. */
public final class SecretUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param rule what is wrong, without the secret's value
     * @param remedy what the operator can do
     */
    public SecretUnavailable(String rule, String remedy) {
        super(rule);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
