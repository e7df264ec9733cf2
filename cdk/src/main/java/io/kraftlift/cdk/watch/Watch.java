package io.kraftlift.cdk.watch;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.settings.DeploymentSettings;
import io.kraftlift.cdk.storage.Storage;
import io.kraftlift.cdk.workers.Workers;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The topic that people subscribe to, and what is published there. */
public final class Watch extends Construct {
    private final DeploymentName name;
    private final Topic topic;

    public Watch(Construct scope, String id, DeploymentSettings settings) {
        super(scope, id);
        this.name = new DeploymentName(settings.qualifier());
        this.topic = Topic.Builder.create(this, "Topic")
                .topicName(name.of("notices"))
                .displayName("Kraftlift " + settings.qualifier())
                // No notice has anything secret, so the topic needs no key that its publishers would have to be given.
                .enforceSsl(true)
                .build();
        mayPublishAlarms();
        settings.emails().forEach(address -> topic.addSubscription(new EmailSubscription(address)));
    }

    /** A topic with a policy of its own takes from its account's alarms only what that policy lets in. */
    private void mayPublishAlarms() {
        Stack stack = Stack.of(this);
        topic.addToResourcePolicy(PolicyStatement.Builder.create()
                .sid("AlarmsPublish")
                .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                .actions(List.of("sns:Publish"))
                .resources(List.of(topic.getTopicArn()))
                .conditions(Map.of(
                        "ArnLike",
                        Map.of(
                                "aws:SourceArn",
                                stack.formatArn(ArnComponents.builder()
                                        .service("cloudwatch")
                                        .resource("alarm")
                                        .resourceName(name.of("*"))
                                        .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                                        .build()))))
                .build());
    }

    public Topic topic() {
        return topic;
    }

    public void over(Machine machine, Functions functions, Workers workers, Storage storage) {
        Notices notices = new Notices(this, "Notices", name, topic);
        notices.secure(machine, functions);
        notices.keep(machine, functions);
        notices.tell(machine, storage);
        Alarms alarms = new Alarms(this, "Alarms", name, topic);
        alarms.on(machine, functions, workers);
        alarms.on(notices);
        Board.of(this, name, alarms.all(), machine, functions, workers);
    }
}
