package io.kraftlift.brokers;

/** The broker releases that the build resolves. */
public enum KafkaRelease {
    /** Kafka 3.9, the last that runs with ZooKeeper. */
    KAFKA_3_9("kafka-3.9"),
    /** Kafka 4.3, KRaft only. */
    KAFKA_4_3("kafka-4.3");

    private final String folder;

    KafkaRelease(String folder) {
        this.folder = folder;
    }

    String folder() {
        return folder;
    }
}
