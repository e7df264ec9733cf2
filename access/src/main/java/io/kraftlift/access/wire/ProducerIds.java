package io.kraftlift.access.wire;

import io.kraftlift.core.batches.ProducerIdentity;
import io.kraftlift.core.failures.FailureName;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.failures.TryAgain;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/** Asks a cluster for producer ids. */
public final class ProducerIds {
    /** A broker that has just started has no block of ids yet; it says so for a moment. */
    private static final int ATTEMPTS = 200;

    private static final long PAUSE_MILLIS = 100;

    private ProducerIds() {}

    /**
     * A producer id that no one else has, of epoch 0.
     *
     * @throws OperatorActionNeeded ACCESS_DENIED when our user may not write idempotently
     */
    public static ProducerIdentity allocate(WireClient client) {
        Errors error = Errors.NONE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            InitProducerIdRequestData data =
                    new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(Integer.MAX_VALUE);
            InitProducerIdResponse answer =
                    client.ask(new InitProducerIdRequest.Builder(data), InitProducerIdResponse.class);
            error = answer.error();
            if (error == Errors.NONE) {
                return new ProducerIdentity(
                        answer.data().producerId(), answer.data().producerEpoch());
            }
            if (error == Errors.CLUSTER_AUTHORIZATION_FAILED) {
                throw new OperatorActionNeeded(
                        FailureName.ACCESS_DENIED,
                        "the target refuses a producer id; allow our user IdempotentWrite on the cluster");
            }
            client.poll(PAUSE_MILLIS);
        }
        throw new TryAgain(FailureName.BROKER_UNREACHABLE, "the target gives no producer id (" + error + ")");
    }
}
