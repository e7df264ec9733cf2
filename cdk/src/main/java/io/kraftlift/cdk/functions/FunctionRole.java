package io.kraftlift.cdk.functions;

import io.kraftlift.cdk.permissions.ClusterStatements;
import io.kraftlift.cdk.permissions.SecretStatements;
import io.kraftlift.cdk.permissions.StoreAccess;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.settings.AccessSettings;
import io.kraftlift.cdk.storage.Storage;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The role of one function: what its profile says and nothing more. */
final class FunctionRole {
    /** Every function opens the run, whose objects it may look at; segments are the workers', or of whom its profile says so, and tokens a person's. */
    private static final Set<StorePart> READ = EnumSet.of(
            StorePart.CONFIGURATION,
            StorePart.PLAN,
            StorePart.RESULTS,
            StorePart.JOURNAL,
            StorePart.LEASE,
            StorePart.CONTROL,
            StorePart.STATUS,
            StorePart.CHECKPOINTS,
            StorePart.OFFSET_MAPS,
            StorePart.DECISIONS);

    private static final List<String> INTERFACES = List.of(
            "ec2:AssignPrivateIpAddresses",
            "ec2:CreateNetworkInterface",
            "ec2:DeleteNetworkInterface",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSubnets",
            "ec2:UnassignPrivateIpAddresses");

    private FunctionRole() {}

    /** @param functionArn of the function that gets the role; it is not there yet, so it is known by its name */
    static Role of(
            Construct scope, FunctionProfile profile, Storage storage, AccessSettings access, String functionArn) {
        Role role = Role.Builder.create(scope, "Role")
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .build();
        storage.inBackup(new StoreAccess(reads(profile), writes(profile))).forEach(role::addToPolicy);
        storage.inEvidence(profile.evidence()).forEach(role::addToPolicy);
        ClusterStatements.of(access.sourceCluster(), profile.source()).forEach(role::addToPolicy);
        ClusterStatements.of(access.targetCluster(), profile.target()).forEach(role::addToPolicy);
        SecretStatements.of(access).forEach(role::addToPolicy);
        if (profile.place() == FunctionProfile.Place.IN_VPC) {
            interfaces(role, functionArn);
        }
        accept(role);
        return role;
    }

    private static Set<StorePart> reads(FunctionProfile profile) {
        EnumSet<StorePart> reads = EnumSet.copyOf(READ);
        reads.addAll(profile.reads());
        return reads;
    }

    private static Set<StorePart> writes(FunctionProfile profile) {
        EnumSet<StorePart> writes = EnumSet.of(StorePart.RESULTS, StorePart.JOURNAL);
        writes.addAll(profile.writes());
        return writes;
    }

    /**
     * Lambda makes the function's network interfaces with the function's role, and has no narrower permission; the function's
     * own code is denied them (AWS documentation, "Giving Lambda functions access to resources in an Amazon VPC").
     */
    private static void interfaces(Role role, String functionArn) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(INTERFACES)
                .resources(List.of("*"))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .effect(Effect.DENY)
                .actions(INTERFACES)
                .resources(List.of("*"))
                .conditions(Map.of("ArnEquals", Map.of("lambda:SourceFunctionArn", functionArn)))
                .build());
    }

    private static void accept(Role role) {
        Accepted.wildcard(
                role,
                "Resource::*",
                "X-Ray takes segments without a resource, and Lambda's permissions for network interfaces have none; the"
                        + " function's own code is denied the latter.");
        Accepted.wildcards(
                role,
                "/^Resource::.*\\/(\\*|config\\/\\*).*$/",
                "Migrations are named when they are started, so their folders are not known here; what stands after the"
                        + " migration's name is. In a cluster every topic, group and transactional id may be one that"
                        + " moves.");
        Accepted.wildcards(role, "/^Resource::.*LogGroup.*:\\*$/", "The streams of the function's own log group.");
    }
}
