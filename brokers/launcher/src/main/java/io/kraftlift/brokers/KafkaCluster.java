package io.kraftlift.brokers;

import java.nio.file.Path;
import java.util.List;

/**
 * A running cluster of real brokers on loopback, each a process of its own. Brokers have the ids 1, 2, 3 … and keep
 * their ports over restarts. Calls for one broker must not overlap.
 */
public interface KafkaCluster extends AutoCloseable {
    /** {@code host:port} of every broker's plaintext listener, also of brokers that are stopped. */
    String bootstrapServers();

    /**
     * {@code host:port} of every broker's listener of that name.
     *
     * @throws IllegalArgumentException when the settings named no such listener
     */
    String bootstrapServers(String listener);

    /** Where data, settings and logs lie. */
    Path directory();

    /** The brokers by id. */
    List<Broker> brokers();

    /** Ends a broker in order; it leaves its partitions without a controlled shutdown. */
    void stopBroker(int id);

    /**
     * Starts a stopped or killed broker and waits until it takes part in the cluster.
     *
     * @throws BrokerStartFailed when it does not within the time for a start
     */
    void startBroker(int id);

    /** Stops and starts a broker. */
    void restartBroker(int id);

    /** Ends a broker with SIGKILL. */
    void killBroker(int id);

    /** Stands a broker still: connections stay open and nothing answers. */
    void pauseBroker(int id);

    /** Lets a paused broker go on. */
    void resumeBroker(int id);

    /** Ends every process of the cluster; the directory stays. */
    @Override
    void close();
}
