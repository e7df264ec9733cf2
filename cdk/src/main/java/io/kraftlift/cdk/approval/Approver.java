package io.kraftlift.cdk.approval;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.permissions.StoreAccess;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.cdk.review.Accepted;
import io.kraftlift.cdk.storage.Storage;
import java.util.List;
import java.util.Set;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * The role that reads task tokens and answers with them. Nothing that runs has it: a person assumes it, which CloudTrail
 * notes down with the session's name.
 */
public final class Approver extends Construct {
    private final Role role;

    /**
     * Makes the role, which may do nothing yet.
     *
     * @param principals ARNs of who may become the approver; none leaves it to the account's IAM
     */
    public Approver(Construct scope, String id, DeploymentName name, List<String> principals) {
        super(scope, id);
        this.role = Role.Builder.create(this, "Role")
                .roleName(name.of("approver"))
                .description("Reads the gates' task tokens and decides at them; assumed by people")
                .assumedBy(trusted(principals))
                .maxSessionDuration(Duration.hours(1))
                .build();
    }

    public Role role() {
        return role;
    }

    /** What is decided about, and the tokens to decide with. */
    public void mayRead(Storage storage) {
        storage.inBackup(new StoreAccess(
                        Set.of(
                                StorePart.CONFIGURATION,
                                StorePart.TOKENS,
                                StorePart.DECISIONS,
                                StorePart.PLAN,
                                StorePart.RESULTS,
                                StorePart.JOURNAL,
                                StorePart.LEASE,
                                StorePart.STATUS),
                        Set.of()))
                .forEach(role::addToPolicy);
        Accepted.wildcards(
                role,
                "/^Resource::.*\\/(config\\/\\*|\\*\\/(lease|(gates|plan|results|journal|status|configurations)\\/.*)\\.(json|yaml))$/",
                "Migrations are named when they are started, so their folders are not known here; the names after the"
                        + " migration's are.");
    }

    /** A token is good for the machine that it was made for. */
    public void mayAnswer(String stateMachineArn) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("states:SendTaskSuccess"))
                .resources(List.of(stateMachineArn))
                .build());
    }

    /** Finding the deployment by its stack's outputs, and the executions that a decision is about. */
    public void mayFollow(String stateMachineName) {
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("cloudformation:DescribeStacks"))
                // A stack that is asked for by its name is checked as NAME/*, one of that name as NAME/ID.
                .resources(List.of(Stack.of(this)
                        .formatArn(ArnComponents.builder()
                                .service("cloudformation")
                                .resource("stack")
                                .resourceName(Stack.of(this).getStackName() + "/*")
                                .build())))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("states:ListExecutions"))
                .resources(List.of(arn("stateMachine", stateMachineName), arn("stateMachine", stateMachineName + ":*")))
                .build());
        role.addToPolicy(PolicyStatement.Builder.create()
                .actions(List.of("states:DescribeExecution"))
                .resources(List.of(arn("execution", stateMachineName + ":*")))
                .build());
        Accepted.wildcards(
                role,
                "/^Resource::.*:((execution|stateMachine):.*:|stack\\/[^*]*\\/)\\*$/",
                "Executions, the machine's versions and the stack's id are named when they are made; the machine and the"
                        + " stack are named.");
    }

    private String arn(String resource, String name) {
        return Stack.of(this)
                .formatArn(ArnComponents.builder()
                        .service("states")
                        .resource(resource)
                        .resourceName(name)
                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                        .build());
    }

    private static IPrincipal trusted(List<String> principals) {
        if (principals.isEmpty()) {
            return new AccountRootPrincipal();
        }
        return new CompositePrincipal(principals.stream().map(ArnPrincipal::new).toArray(IPrincipal[]::new));
    }
}
