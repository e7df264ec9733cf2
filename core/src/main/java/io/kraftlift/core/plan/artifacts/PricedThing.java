package io.kraftlift.core.plan.artifacts;

/** What AWS charges for a migration, or for MSK Replicator in its place; the names stand in the price list. */
public enum PricedThing {
    S3_STORAGE_GB_MONTH("GB-month"),
    S3_WRITES("1,000 requests"),
    S3_READS("1,000 requests"),
    FARGATE_VCPU_HOUR("vCPU-hour"),
    FARGATE_GB_HOUR("GB-hour"),
    CROSS_ZONE_GB("GB in each direction"),
    LAMBDA_GB_SECOND("GB-second"),
    LAMBDA_REQUESTS("1,000,000 requests"),
    STEP_FUNCTIONS_TRANSITIONS("1,000 transitions"),
    INTERFACE_ENDPOINT_HOUR("endpoint and zone and hour"),
    REPLICATOR_HOUR("replicator-hour"),
    REPLICATOR_GB("GB processed");

    private final String unit;

    PricedThing(String unit) {
        this.unit = unit;
    }

    /** What the price is for. */
    public String unit() {
        return unit;
    }
}
