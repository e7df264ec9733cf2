package io.kraftlift.access.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.statemachine.DefinitionFile;
import io.kraftlift.statemachine.FunctionName;
import io.kraftlift.statemachine.Substitution;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The definitions, at a server that looks at them before it takes them. */
@ExtendWith(GivenAwsEndpoint.class)
class GivenEndpointStateMachineIT {
    private final AwsEndpoint endpoint;

    GivenEndpointStateMachineIT(AwsEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @ParameterizedTest
    @EnumSource(DefinitionFile.class)
    void isTakenAndStarted(DefinitionFile file) {
        try (SfnClient client = SfnClient.builder()
                .httpClientBuilder(Apache5HttpClient.builder())
                .endpointOverride(endpoint.uri())
                .region(AwsEndpoint.REGION)
                .credentialsProvider(AwsEndpoint.credentials())
                .build()) {
            String machine = client.createStateMachine(request -> request.name("kraftlift-" + UUID.randomUUID())
                            .definition(file.bind(values()))
                            .roleArn("arn:aws:iam::000000000000:role/kraftlift"))
                    .stateMachineArn();

            String execution = client.startExecution(request -> request.stateMachineArn(machine)
                            .input("{\"run\":{\"migration\":\"orders\"},\"poll_seconds\":1,"
                                    + "\"look_at\":\"2026-03-04T05:06:07Z\"}"))
                    .executionArn();

            assertThat(client.describeExecution(request -> request.executionArn(execution))
                            .stateMachineArn())
                    .isEqualTo(machine);
        }
    }

    /** Functions and tasks that are not there: what is started fails at its first state. */
    private static Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        for (FunctionName function : FunctionName.values()) {
            values.put(
                    function.substitution(),
                    "arn:aws:lambda:us-east-1:000000000000:function:" + function.camelCase() + ":1");
        }
        values.put(Substitution.DRAIN_POLLER.key(), "arn:aws:states:us-east-1:000000000000:stateMachine:drain-poller");
        values.put(Substitution.FREEZE_GUARD.key(), "arn:aws:states:us-east-1:000000000000:stateMachine:freeze-guard");
        values.put(Substitution.WORKER_CLUSTER.key(), "arn:aws:ecs:us-east-1:000000000000:cluster/kraftlift");
        values.put(
                Substitution.WORKER_TASK_DEFINITION.key(),
                "arn:aws:ecs:us-east-1:000000000000:task-definition/replicator:1");
        values.put(Substitution.WORKER_SUBNETS.key(), "subnet-1,subnet-2");
        values.put(Substitution.WORKER_SECURITY_GROUPS.key(), "sg-1");
        return values;
    }
}
