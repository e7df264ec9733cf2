package io.kraftlift.testkit;

import io.kraftlift.brokers.KafkaRelease;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class real clusters as processes of their own: parameters of type {@link Clusters} of its constructor,
 * its tests and its set-up methods are filled in.
 *
 * <p>Clusters with the same settings serve all classes of one Java process, so tests name their topics and groups after
 * themselves. A class that stops brokers, or that needs an empty cluster, says {@code shared = false}. Everything lies
 * in a temporary directory that is removed at the end.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClustersExtension.class)
public @interface RealClusters {
    /** Which clusters are started before the first test; the other one is started when a test asks for it. */
    Role[] start() default {Role.SOURCE, Role.TARGET};

    /** How many brokers the source has. */
    int sourceBrokers() default 1;

    /** How many brokers the target has. */
    int targetBrokers() default 1;

    /** Broker properties of the source, each as {@code name=value}. */
    String[] sourceProperties() default {};

    /** Broker properties of the target, each as {@code name=value}. */
    String[] targetProperties() default {};

    /** The source's release, one that has a ZooKeeper mode. */
    KafkaRelease sourceRelease() default KafkaRelease.KAFKA_3_9;

    /** The target's release, one that has a KRaft mode. */
    KafkaRelease targetRelease() default KafkaRelease.KAFKA_4_3;

    /** Whether all brokers have, besides the plaintext listener, one for each way to sign in. */
    boolean signIns() default false;

    /** Further options for every broker's Java. */
    String[] jvmOptions() default {};

    /** Whether other classes with the same settings may use the same clusters. */
    boolean shared() default true;

    /** The part that a cluster plays in a migration. */
    enum Role {
        /** A cluster in ZooKeeper mode. */
        SOURCE,
        /** A cluster in KRaft mode. */
        TARGET
    }
}
