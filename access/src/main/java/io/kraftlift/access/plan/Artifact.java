package io.kraftlift.access.plan;

/** The files that a plan is given out as. */
public enum Artifact {
    PLAN("plan.json"),
    RUNBOOK("runbook.md"),
    AWS_CLI("aws-cli.sh"),
    POLICY_TEMPLATED("iam-policy-templated.json"),
    POLICY_CONCRETE("iam-policy-concrete.json"),
    COST("cost-estimate.json");

    private final String fileName;

    Artifact(String fileName) {
        this.fileName = fileName;
    }

    public String fileName() {
        return fileName;
    }
}
