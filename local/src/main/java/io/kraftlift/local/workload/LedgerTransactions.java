package io.kraftlift.local.workload;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Writes interleaved transactions of three producers, of which about one in four is aborted. */
final class LedgerTransactions {
    private static final int PRODUCERS = 3;
    private static final int RECORDS_IN_EACH = 80;

    /** Producers flush so often, which interleaves their batches in the log. */
    private static final int RECORDS_IN_A_BATCH = 20;

    private final DemoClients clients;
    private final DemoRecords records;

    LedgerTransactions(DemoClients clients, DemoRecords records) {
        this.clients = clients;
        this.records = records;
    }

    /** Sends so many bytes, at least four rounds; the number of committed records. */
    long send(long bytes) {
        List<KafkaProducer<byte[], byte[]>> producers = IntStream.range(0, PRODUCERS)
                .mapToObj(number -> clients.producer(Map.of(
                        "transactional.id", "demo-ledger-" + number, "compression.type", DemoTopic.LEDGER.codec())))
                .toList();
        try {
            producers.forEach(KafkaProducer::initTransactions);
            long committed = 0;
            for (int round = 0; round < 4 || records.bytes() < bytes; round++) {
                committed += round(producers, round);
            }
            return committed;
        } finally {
            producers.forEach(KafkaProducer::close);
        }
    }

    private long round(List<KafkaProducer<byte[], byte[]>> producers, int round) {
        producers.forEach(KafkaProducer::beginTransaction);
        for (int batch = 0; batch < RECORDS_IN_EACH / RECORDS_IN_A_BATCH; batch++) {
            producers.forEach(this::sendBatch);
        }
        long committed = 0;
        for (int number = 0; number < PRODUCERS; number++) {
            // In each of the first rounds another producer aborts; the last round of the smallest ledger commits all.
            boolean aborts =
                    round < 3 ? number == round : round > 3 && records.random().nextInt(4) == 0;
            if (aborts) {
                producers.get(number).abortTransaction();
            } else {
                producers.get(number).commitTransaction();
                committed += RECORDS_IN_EACH;
            }
        }
        return committed;
    }

    /** A record that is not taken makes the commit fail. */
    private void sendBatch(KafkaProducer<byte[], byte[]> producer) {
        for (int record = 0; record < RECORDS_IN_A_BATCH; record++) {
            var unused = producer.send(records.json());
        }
        producer.flush();
    }
}
