package io.kraftlift.cdk.review;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.util.List;
import software.constructs.IConstruct;

/**
 * A finding that is meant to be: it stands at the construct that has it, with the reason. It reaches what is below the construct
 * already, so a role's findings are accepted after its last statement.
 */
public final class Accepted {
    private Accepted() {}

    /** Accepts a rule's finding at the construct and what is below it. */
    public static void finding(IConstruct construct, String rule, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder().id(rule).reason(reason).build()),
                true);
    }

    /**
     * Accepts a wildcard in a policy (AwsSolutions-IAM5) below the construct.
     *
     * @param what as the review names it, {@code Resource::*} or {@code Action::s3:*}
     */
    public static void wildcard(IConstruct construct, String what, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(reason)
                        .appliesTo(List.of(what))
                        .build()),
                true);
    }

    /** The same for every name that matches a regular expression. */
    public static void wildcards(IConstruct construct, String pattern, String reason) {
        NagSuppressions.addResourceSuppressions(
                construct,
                List.of(NagPackSuppression.builder()
                        .id("AwsSolutions-IAM5")
                        .reason(reason)
                        .appliesTo(
                                List.of(RegexAppliesTo.builder().regex(pattern).build()))
                        .build()),
                true);
    }
}
