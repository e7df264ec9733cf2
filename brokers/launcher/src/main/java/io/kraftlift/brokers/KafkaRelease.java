package io.kraftlift.brokers;

/** The broker releases that the build resolves. */
public enum KafkaRelease {
    /** Kafka 2.8, with ZooKeeper. Its KRaft mode was a preview, and is not started here. */
    KAFKA_2_8("kafka-2.8", true, false),
    /** Kafka 3.9, the last that runs with ZooKeeper; it runs in KRaft mode too. */
    KAFKA_3_9("kafka-3.9", true, true),
    /** Kafka 4.3, KRaft only. */
    KAFKA_4_3("kafka-4.3", false, true);

    private final String folder;
    private final boolean zooKeeper;
    private final boolean kraft;

    KafkaRelease(String folder, boolean zooKeeper, boolean kraft) {
        this.folder = folder;
        this.zooKeeper = zooKeeper;
        this.kraft = kraft;
    }

    String folder() {
        return folder;
    }

    KafkaRelease withZooKeeper() {
        return require(zooKeeper, "ZooKeeper");
    }

    KafkaRelease withKraft() {
        return require(kraft, "KRaft");
    }

    private KafkaRelease require(boolean runs, String mode) {
        if (!runs) {
            throw new IllegalArgumentException("release: must run in " + mode + " mode, was " + this);
        }
        return this;
    }
}
