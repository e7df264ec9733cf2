package io.kraftlift.core.batches;

/**
 * Who writes a lane's batches, as the target's brokers know it.
 *
 * @param id from InitProducerId, 0 or above
 * @param epoch 0 or above
 */
public record ProducerIdentity(long id, short epoch) {
    public ProducerIdentity {
        if (id < 0 || epoch < 0) {
            throw new IllegalArgumentException("producer: id and epoch must be 0 or above, was " + id + "/" + epoch);
        }
    }

    /**
     * The sequence number of the batch that follows {@code records} records of its partition. It wraps after 2^31 - 1, as
     * Kafka's own does, and depends on nothing but the log: a resend by anybody carries the same number.
     */
    public static int sequenceAfter(long records) {
        return (int) (records & Integer.MAX_VALUE);
    }
}
