package io.kraftlift.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final String MACHINE =
            "arn:aws:states:eu-west-1:111122223333:stateMachine:kraftlift-orders-migration";

    @Test
    void listsExecutionsByTheMachineWhateverAliasStartsThem() {
        assertThat(of(MACHINE + ":live").machine()).isEqualTo(MACHINE);
        assertThat(of(MACHINE).machine()).isEqualTo(MACHINE);
    }

    @Test
    void knowsTheApproverByTheRoleOfTheSession() {
        Deployment deployment = of(MACHINE);

        assertThat(deployment.isApprover("arn:aws:sts::111122223333:assumed-role/kraftlift-orders-approver/mara"))
                .isTrue();
        assertThat(deployment.isApprover("arn:aws:sts::111122223333:assumed-role/kraftlift-orders-approver-2/mara"))
                .isFalse();
        assertThat(deployment.isApprover("arn:aws:iam::111122223333:user/mara")).isFalse();
    }

    private static Deployment of(String stateMachine) {
        return new Deployment(
                "kraftlift-orders",
                stateMachine,
                "backup",
                "proof",
                "arn:aws:iam::111122223333:role/kraftlift-orders-approver");
    }
}
