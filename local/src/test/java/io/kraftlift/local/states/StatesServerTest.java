package io.kraftlift.local.states;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineForExecutionResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionNotRedrivableException;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidDefinitionException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidNameException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.StateMachineAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.ValidationException;

class StatesServerTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final String PASS = LocalStates.machine("P", """
            "P":{"Type":"Pass","End":true}""");
    private static final String TASK = LocalStates.machine("T", """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","End":true}""");

    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final LocalStates local = new LocalStates(new ExecutionListener() {
        @Override
        public void stateEntered(ExecutionArn execution, String stateName) {
            heard.add("entered " + stateName);
        }

        @Override
        public void stateExited(ExecutionArn execution, String stateName) {
            heard.add("exited " + stateName);
            if (execution.machine().name().equals("breaking")) {
                throw new IllegalStateException("a listener that breaks does no harm");
            }
        }

        @Override
        public void executionEnded(ExecutionDescription execution) {
            heard.add("ended " + execution.status());
        }
    });

    @AfterEach
    void close() {
        local.close();
    }

    private String create(String name, String definition) {
        return local.client
                .createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE))
                .stateMachineArn();
    }

    @Test
    void createsDescribesAndListsStateMachines() {
        String one = create("one", PASS);
        create("two", TASK);

        DescribeStateMachineResponse machine = local.client.describeStateMachine(r -> r.stateMachineArn(one));

        assertThat(one).isEqualTo("arn:aws:states:local:000000000000:stateMachine:one");
        assertThat(create("one", PASS)).isEqualTo(one);
        assertThat(machine.name()).isEqualTo("one");
        assertThat(machine.statusAsString()).isEqualTo("ACTIVE");
        assertThat(machine.typeAsString()).isEqualTo("STANDARD");
        assertThat(LocalStates.json(machine.definition())).isEqualTo(LocalStates.json(PASS));
        assertThat(local.client.listStateMachinesPaginator(r -> r.maxResults(1)).stateMachines())
                .map(StateMachineListItem::name)
                .containsExactly("one", "two");
    }

    @Test
    void startsAndDescribesAnExecution() {
        Instant started = local.time.instant();
        String execution = local.start("m", PASS, "{\"a\":[1,null]}");

        DescribeExecutionResponse end = local.end(execution);

        assertThat(execution).isEqualTo("arn:aws:states:local:000000000000:execution:m:run");
        assertThat(end.name()).isEqualTo("run");
        assertThat(end.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(end.startDate()).isEqualTo(started);
        assertThat(end.stopDate()).isEqualTo(started);
        assertThat(end.input()).isEqualTo("{\"a\":[1,null]}");
        assertThat(end.output()).isEqualTo("{\"a\":[1,null]}");
        DescribeStateMachineForExecutionResponse machine =
                local.client.describeStateMachineForExecution(r -> r.executionArn(execution));
        assertThat(machine.name()).isEqualTo("m");
        assertThat(machine.updateDate()).isEqualTo(started);
    }

    @Test
    void startingAgainWithTheSameInputIsNoErrorWhileItRuns() {
        local.work.script("T", FakeWork.hanging());
        String execution = local.start("m", TASK, "{\"a\":1}");

        assertThat(local.start("m", TASK, "{\"a\": 1}")).isEqualTo(execution);
        assertThatThrownBy(() -> local.start("m", TASK, "{\"a\":2}"))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
        local.client.stopExecution(r -> r.executionArn(execution));
        assertThatThrownBy(() -> local.start("m", TASK, "{\"a\":1}"))
                .isInstanceOf(ExecutionAlreadyExistsException.class);
        assertThat(local.end(execution).statusAsString()).isEqualTo("ABORTED");
        assertThat(local.work.calls()).hasSize(1);
    }

    @Test
    void listsExecutionsTheNewestFirstAndByStatus() {
        local.work.script("T", FakeWork.failing("E", "c"));
        String machine = create("m", TASK);
        for (String name : List.of("first", "second", "third")) {
            local.end(local.client
                    .startExecution(r -> r.stateMachineArn(machine).name(name))
                    .executionArn());
        }

        assertThat(local.client
                        .listExecutionsPaginator(r -> r.stateMachineArn(machine).maxResults(2))
                        .executions())
                .map(ExecutionListItem::name)
                .containsExactly("third", "second", "first");
        assertThat(local.client
                        .listExecutions(r -> r.stateMachineArn(machine).statusFilter("FAILED"))
                        .executions())
                .map(ExecutionListItem::name)
                .containsExactly("first");
    }

    @Test
    void givesTheHistoryInPagesInEitherOrderAndWithoutData() {
        String execution = local.start("m", PASS, "{\"a\":1}");
        local.end(execution);

        GetExecutionHistoryResponse page = local.client.getExecutionHistory(
                r -> r.executionArn(execution).maxResults(3).reverseOrder(true).includeExecutionData(false));
        GetExecutionHistoryResponse rest = local.client.getExecutionHistory(
                r -> r.executionArn(execution).maxResults(3).reverseOrder(true).nextToken(page.nextToken()));

        assertThat(page.events()).map(event -> event.id()).containsExactly(4L, 3L, 2L);
        assertThat(page.events().get(2).stateEnteredEventDetails().name()).isEqualTo("P");
        assertThat(page.events().get(2).stateEnteredEventDetails().input()).isNull();
        assertThat(rest.events()).map(event -> event.id()).containsExactly(1L);
        assertThat(rest.events().get(0).executionStartedEventDetails().input()).isEqualTo("{\"a\":1}");
        assertThat(rest.nextToken()).isNull();
        assertThatThrownBy(() -> local.client.getExecutionHistory(
                        r -> r.executionArn(execution).nextToken("9")))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void stopsWhatRunsAndTellsTheListenerAfterTheWorkHasEnded() {
        local.work.script("T", FakeWork.hanging());
        String execution = local.start("m", TASK, "{}");
        local.awaitCall("T");

        local.client.stopExecution(r -> r.executionArn(execution).error("Why").cause("because"));

        DescribeExecutionResponse end = local.end(execution);
        assertThat(end.statusAsString()).isEqualTo("ABORTED");
        assertThat(end.error()).isEqualTo("Why");
        assertThat(end.cause()).isEqualTo("because");
        assertThat(local.work.cancelled()).containsExactly("T");
        assertThat(heard).containsExactly("entered T", "ended ABORTED");
        assertThat(local.types(execution)).endsWith("ExecutionAborted");
    }

    @Test
    void aStopBreaksAMachineThatRunsInCircles() {
        String execution = local.start("m", LocalStates.machine("C", """
                "C":{"Type":"Choice","Choices":[{"Condition":"{% false %}","Next":"S"}],"Default":"P"},
                "P":{"Type":"Pass","Next":"C"},"S":{"Type":"Succeed"}"""), "{}");

        local.client.stopExecution(r -> r.executionArn(execution));

        assertThat(local.end(execution).statusAsString()).isEqualTo("ABORTED");
    }

    @Test
    void aMachineThatRunsInCirclesFailsAtTheLimitOfTheHistory() {
        String execution = local.start("m", LocalStates.machine("A", """
                "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"A"}"""), "{}");

        assertThat(local.end(execution).cause()).contains("25000");
        assertThat(local.server.history(ExecutionArn.parse(execution))).hasSizeLessThanOrEqualTo(25_003);
        assertThatThrownBy(() -> local.client.redriveExecution(r -> r.executionArn(execution)))
                .isInstanceOf(ExecutionNotRedrivableException.class);
    }

    @Test
    void tellsTheListenerAboutEveryStateAndTheEnd() {
        local.end(local.start("breaking", PASS, "{}"));

        assertThat(heard).containsExactly("entered P", "exited P", "ended SUCCEEDED");
    }

    @Test
    void waitingForAnExecutionHasALimit() {
        local.work.script("T", FakeWork.hanging());
        ExecutionArn execution = ExecutionArn.parse(local.start("m", TASK, "{}"));

        assertThatThrownBy(() -> local.server.await(execution, Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("m:run");
    }

    @Test
    void theMethodsDoWhatTheOperationsDo() throws Exception {
        StateMachineArn machine = local.server.create("m", LocalStates.json(PASS));
        ExecutionArn execution = local.server.start(machine, "by-hand", LocalStates.json("[1]"));

        ExecutionDescription end = local.server.await(execution, LocalStates.LIMIT);

        assertThat(end.output()).isEqualTo(LocalStates.json("[1]"));
        assertThat(local.server.executions(machine)).containsExactly(end);
        assertThat(local.server.describe(execution)).isEqualTo(end);
        assertThat(local.server.history(execution)).hasSize(4);
    }

    @Test
    void refusesWithTheServicesErrors() {
        String machine = create("m", PASS);
        String execution = "arn:aws:states:local:000000000000:execution:m:none";

        assertThatThrownBy(() -> create("a b", PASS)).isInstanceOf(InvalidNameException.class);
        assertThatThrownBy(() -> create("m", TASK)).isInstanceOf(StateMachineAlreadyExistsException.class);
        assertThatThrownBy(() -> create("n", "{")).isInstanceOf(InvalidDefinitionException.class);
        assertThatThrownBy(() -> create("n", "{\"StartAt\":\"P\"}"))
                .isInstanceOf(InvalidDefinitionException.class)
                .hasMessageContaining("QueryLanguage: must be JSONata, was JSONPath");
        assertThatThrownBy(() -> local.client.describeStateMachine(r -> r.stateMachineArn(machine + "x")))
                .isInstanceOf(StateMachineDoesNotExistException.class);
        assertThatThrownBy(() -> local.client.describeStateMachine(r -> r.stateMachineArn("x")))
                .isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() -> local.client.describeExecution(r -> r.executionArn(execution)))
                .isInstanceOf(ExecutionDoesNotExistException.class);
        assertThatThrownBy(() -> local.client.stopExecution(r -> r.executionArn("x")))
                .isInstanceOf(InvalidArnException.class);
        assertThatThrownBy(() -> local.client.startExecution(
                        r -> r.stateMachineArn(machine).input("{} {}")))
                .isInstanceOf(InvalidExecutionInputException.class);
        assertThatThrownBy(() -> local.client.startExecution(
                        r -> r.stateMachineArn(machine).input('"' + "x".repeat(256 * 1024) + '"')))
                .isInstanceOf(InvalidExecutionInputException.class);
        assertThatThrownBy(() -> local.client.listStateMachines(r -> r.maxResults(1001)))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> local.client.deleteStateMachine(r -> r.stateMachineArn(machine)))
                .isInstanceOfSatisfying(
                        SfnException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("UnknownOperationException"));
    }

    @Test
    void boundsRequestsAndRefusesWhatIsNotTheProtocol() throws Exception {
        assertThat(post("x".repeat(1024 * 1024 + 1), "AWSStepFunctions.ListStateMachines")
                        .statusCode())
                .isEqualTo(413);
        assertThat(post("[]", "AWSStepFunctions.ListStateMachines").body()).contains("SerializationException");
        assertThat(post("{\"a\":1,\"a\":2}", "AWSStepFunctions.ListStateMachines")
                        .body())
                .contains("SerializationException");
        assertThat(post("{}", "Other.ListStateMachines").body()).contains("UnknownOperationException");
        assertThat(post("{}", "AWSStepFunctions.DescribeExecution").body()).contains("ValidationException");
        assertThat(post("{}", "AWSStepFunctions.ListStateMachines").statusCode())
                .isEqualTo(200);
    }

    @Test
    void listensOnTheLoopbackAddress() {
        assertThat(local.server.endpoint().getHost()).isEqualTo("127.0.0.1");
    }

    private HttpResponse<String> post(String body, String target) throws Exception {
        URI endpoint = local.server.endpoint();
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(LocalStates.LIMIT)
                .header("X-Amz-Target", target)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
