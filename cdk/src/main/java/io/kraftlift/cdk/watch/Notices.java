package io.kraftlift.cdk.watch;

import io.kraftlift.cdk.DeadLetters;
import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.permissions.StorePart;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.statemachine.FunctionName;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.EventField;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * The rules that listen to executions and to the backup store. A notice names an execution or an object and never has what is
 * in it: a gate's object holds its token.
 */
final class Notices extends Construct {
    private static final List<String> CUT_SHORT = List.of("FAILED", "TIMED_OUT", "ABORTED");
    private static final List<String> ANY_END = List.of("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED");
    private static final List<String> DRAIN_READY = List.of("*/results/drain-ready.json");
    private static final List<String> EXPIRED = List.of("*/results/expired-*.json");
    private static final List<String> BY_HAND = List.of("*/results/producers-by-hand.json");
    private static final List<String> EVIDENCE = List.of("*/evidence.json", "*/evidence-*.json");

    /** A notice that comes later than this is no help any more; its alarm is. EventBridge itself would try for a day. */
    private static final Duration WORTH_TELLING = Duration.hours(1);

    private final DeploymentName name;
    private final ITopic topic;
    private final Queue untold;

    Notices(Construct scope, String id, DeploymentName name, ITopic topic) {
        super(scope, id);
        this.name = name;
        this.topic = topic;
        this.untold = DeadLetters.queue(this, "Untold");
    }

    /** Where notices end that the topic did not take. */
    Queue untold() {
        return untold;
    }

    /** An execution cannot catch its own end, so what it leaves is secured from outside. */
    void secure(Machine machine, Functions functions) {
        Rule.Builder.create(this, "CutShort")
                .ruleName(name.of("safety-net"))
                .description("Lets producers go on when an execution ended that may have frozen them")
                .eventPattern(ended(machine, CUT_SHORT))
                .targets(List.of(call(functions, FunctionName.SAFETY_NET)))
                .build();
    }

    /** Step Functions forgets an execution after 90 days; evidence is kept for years. */
    void keep(Machine machine, Functions functions) {
        Rule.Builder.create(this, "Keep")
                .ruleName(name.of("seal-history"))
                .description("Puts the history of an execution that ended beside the evidence")
                .eventPattern(ended(machine, ANY_END))
                .targets(List.of(call(functions, FunctionName.SEAL_HISTORY)))
                .build();
    }

    private static LambdaFunction call(Functions functions, FunctionName function) {
        return LambdaFunction.Builder.create(functions.version(function))
                .deadLetterQueue(functions.unheard(function))
                .retryAttempts(10)
                .maxEventAge(Duration.hours(1))
                .build();
    }

    void tell(Machine machine, Storage storage) {
        notice(
                "Ended",
                ended(machine, ANY_END),
                "Kraftlift " + name.qualifier() + ": the execution " + EventField.fromPath("$.detail.name") + " is "
                        + EventField.fromPath("$.detail.status") + ". docs/runbook.md says what that asks for.");
        notice(
                "GateOpened",
                written(storage.backup(), StorePart.TOKENS.patterns()),
                "Kraftlift " + name.qualifier() + ": a gate is open and waits for a decision. The approver finds it in "
                        + place() + ".");
        notice(
                "GateExpired",
                written(storage.backup(), EXPIRED),
                "Kraftlift " + name.qualifier()
                        + ": nobody decided at a gate in time. It is open again with a new token,"
                        + " and everything waits for a decision; which gate, and until when, is in " + place() + ".");
        notice(
                "ProducersByHand",
                written(storage.backup(), BY_HAND),
                "Kraftlift " + name.qualifier()
                        + ": a cutover was given up, and no webhook lets producers go on. Whoever"
                        + " stopped them lets them go on now; " + place() + " says of which attempt.");
        notice(
                "DrainReady",
                written(storage.backup(), DRAIN_READY),
                "Kraftlift " + name.qualifier() + ": the lag was small for the stable window; the report is " + place()
                        + ".");
        notice(
                "Finalized",
                written(storage.evidence(), EVIDENCE),
                "Kraftlift " + name.qualifier() + ": the evidence is signed and stored as " + place()
                        + ". kraftlift verify says what it proves.");
    }

    private static String place() {
        return "s3://" + EventField.fromPath("$.detail.bucket.name") + "/" + EventField.fromPath("$.detail.object.key");
    }

    private void notice(String id, EventPattern pattern, String text) {
        Rule.Builder.create(this, id)
                .eventPattern(pattern)
                .targets(List.of(SnsTopic.Builder.create(topic)
                        .message(RuleTargetInput.fromText(text))
                        .deadLetterQueue(untold)
                        .maxEventAge(WORTH_TELLING)
                        .build()))
                .build();
    }

    private static EventPattern ended(Machine machine, List<String> statuses) {
        return EventPattern.builder()
                .source(List.of("aws.states"))
                .detailType(List.of("Step Functions Execution Status Change"))
                .detail(Map.of(
                        "stateMachineArn", List.of(machine.migration().getStateMachineArn()), "status", statuses))
                .build();
    }

    private static EventPattern written(IBucket bucket, List<String> keys) {
        return EventPattern.builder()
                .source(List.of("aws.s3"))
                .detailType(List.of("Object Created"))
                .detail(Map.of(
                        "bucket", Map.of("name", List.of(bucket.getBucketName())),
                        "object",
                                Map.of(
                                        "key",
                                        keys.stream()
                                                .map(key -> Map.of("wildcard", key))
                                                .toList())))
                .build();
    }
}
