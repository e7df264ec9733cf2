package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/** Reads which brokers had their {@code advertised.listeners} changed while they ran. */
public final class ListenerReader {
    private static final String ADVERTISED_LISTENERS = "advertised.listeners";

    private final Admin admin;
    private final AdminCalls calls;

    public ListenerReader(Admin admin, AdminCalls calls) {
        this.admin = admin;
        this.calls = calls;
    }

    /** The brokers' ids, ascending; unreadable when the cluster does not answer or refuses. */
    public Reading<List<Integer>> dynamic(Collection<BrokerInventory> brokers) throws InterruptedException {
        List<ConfigResource> resources = brokers.stream()
                .map(broker -> new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker.id())))
                .toList();
        List<Integer> found = new ArrayList<>();
        try {
            for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer : admin.describeConfigs(
                            resources, new DescribeConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values()
                    .entrySet()) {
                String broker = answer.getKey().name();
                ConfigEntry entry = calls.await(answer.getValue(), "describe the settings of broker " + broker)
                        .get(ADVERTISED_LISTENERS);
                if (entry != null && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_BROKER_CONFIG) {
                    found.add(Integer.valueOf(broker));
                }
            }
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
        return Reading.known(found.stream().sorted().toList());
    }
}
