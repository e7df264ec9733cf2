package io.kraftlift.cdk;

/** The name of a deployment, which is in the name of everything that it makes and names. */
public record DeploymentName(String qualifier) {
    /** {@code kraftlift-orders}. */
    public String stack() {
        return "kraftlift-" + qualifier;
    }

    /** {@code kraftlift-orders-PART}. */
    public String of(String part) {
        return stack() + "-" + part;
    }
}
