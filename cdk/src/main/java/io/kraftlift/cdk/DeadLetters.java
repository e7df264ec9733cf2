package io.kraftlift.cdk;

import io.kraftlift.cdk.review.Accepted;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Queues for what could not be handed over: encrypted, reached by TLS only, and kept for as long as SQS keeps anything. */
public final class DeadLetters {
    /** The longest that SQS keeps a message (Amazon SQS Developer Guide, "Message quotas"). */
    private static final Duration KEPT = Duration.days(14);

    private DeadLetters() {}

    public static Queue queue(Construct scope, String id) {
        Queue queue = Queue.Builder.create(scope, id)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(KEPT)
                .build();
        Accepted.finding(queue, "AwsSolutions-SQS3", "It is the dead-letter queue.");
        return queue;
    }
}
