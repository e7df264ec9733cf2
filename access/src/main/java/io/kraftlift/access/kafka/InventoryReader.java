package io.kraftlift.access.kafka;

import io.kraftlift.core.failures.KraftliftFailure;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.BrokerInventory;
import io.kraftlift.core.inventory.BrokerSetting;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.ClusterSide;
import io.kraftlift.core.inventory.GroupInventory;
import io.kraftlift.core.inventory.ModeSignals;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.inventory.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeAclsOptions;
import org.apache.kafka.clients.admin.DescribeClientQuotasOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeFeaturesOptions;
import org.apache.kafka.clients.admin.DescribeMetadataQuorumOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.SupportedVersionRange;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;

/**
 * Reads what a cluster has. Nothing is changed. Requests go out in chunks with a pause between them, and each has a
 * bounded time.
 */
public final class InventoryReader {
    private static final String METADATA_VERSION = "metadata.version";

    /** Only validated, never created; the name says whose it is in the brokers' request logs. */
    private static final String UNBORN_TOPIC = "kraftlift.validate-only";

    private final Admin admin;
    private final ClusterSide side;
    private final AdminCalls calls;
    private final Waiting waiting;

    public InventoryReader(Admin admin, ClusterSide side, Waiting waiting) {
        this.admin = admin;
        this.side = side;
        this.calls = new AdminCalls(side);
        this.waiting = waiting;
    }

    /**
     * Reads everything.
     *
     * @throws io.kraftlift.core.failures.TryAgain BROKER_UNREACHABLE when the cluster does not answer
     * @throws io.kraftlift.core.failures.OperatorActionNeeded ACCESS_DENIED when it refuses what a migration cannot do
     *     without; what can be done without is an unreadable part of the inventory instead
     */
    public ClusterInventory read() throws InterruptedException {
        DescribeClusterResult cluster =
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
        String clusterId = calls.await(cluster.clusterId(), "describe the cluster");
        Collection<Node> nodes = calls.await(cluster.nodes(), "describe the cluster");
        Reading<FeatureMetadata> features = reading(
                admin.describeFeatures(new DescribeFeaturesOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                        .featureMetadata(),
                "describe its features");
        return new ClusterInventory(
                ClusterInventory.FORMAT,
                clusterId,
                new ModeSignals(map(features, InventoryReader::finalizedLevel), quorum()),
                map(features, InventoryReader::newestLevel),
                brokers(nodes),
                new TopicReader(admin, calls, waiting)
                        .read(nodes.stream().map(Node::id).toList()),
                groups(),
                acls(),
                quotas(),
                topicDefaults(nodes.size()));
    }

    private static int finalizedLevel(FeatureMetadata features) {
        FinalizedVersionRange range = features.finalizedFeatures().get(METADATA_VERSION);
        return range == null ? 0 : range.maxVersionLevel();
    }

    private static int newestLevel(FeatureMetadata features) {
        SupportedVersionRange range = features.supportedFeatures().get(METADATA_VERSION);
        // A 3.9 broker supports the feature in ZooKeeper mode too, for its conversion; its release is the same.
        return range == null ? 0 : range.maxVersion();
    }

    private Reading<Boolean> quorum() throws InterruptedException {
        try {
            admin.describeMetadataQuorum(new DescribeMetadataQuorumOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .quorumInfo()
                    .get(2L * AdminCalls.CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return Reading.known(true);
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnsupportedVersionException
                    ? Reading.known(false)
                    : unreadable(e, "describe its metadata quorum");
        } catch (TimeoutException e) {
            return unreadable(e, "describe its metadata quorum");
        }
    }

    private List<BrokerInventory> brokers(Collection<Node> nodes) throws InterruptedException {
        List<ConfigResource> resources = nodes.stream()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .toList();
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(
                        resources, new DescribeConfigsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                .values();
        List<BrokerInventory> brokers = new ArrayList<>();
        for (Node node : nodes) {
            KafkaFuture<Config> answer = configs.get(new ConfigResource(ConfigResource.Type.BROKER, node.idString()));
            Reading<Config> config = answer == null
                    ? Reading.unreadable("broker " + node.id() + " told nothing")
                    : reading(answer, "describe the settings of broker " + node.id());
            brokers.add(new BrokerInventory(
                    node.id(), node.host(), node.port(), node.rack(), map(config, InventoryReader::brokerSettings)));
        }
        return brokers;
    }

    private static Map<String, String> brokerSettings(Config config) {
        Map<String, String> settings = new TreeMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (BrokerSetting.ALL.contains(entry.name()) && entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }
        return settings;
    }

    private Reading<List<GroupInventory>> groups() throws InterruptedException {
        try {
            return Reading.known(new GroupReader(admin, calls, waiting).read());
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private AclReading acls() throws InterruptedException {
        String asked = "describe its ACLs";
        try {
            Collection<AclBinding> bindings = admin.describeAcls(
                            AclBindingFilter.ANY, new DescribeAclsOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                    .values()
                    .get(2L * AdminCalls.CALL_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            return new AclReading.Rules(bindings.stream().map(AclBindings::rule).toList());
        } catch (ExecutionException e) {
            return e.getCause() instanceof SecurityDisabledException
                    ? new AclReading.NoAuthorizer()
                    : new AclReading.Unreadable(why(e, asked));
        } catch (TimeoutException e) {
            return new AclReading.Unreadable(why(e, asked));
        }
    }

    private Reading<List<QuotaRule>> quotas() throws InterruptedException {
        return map(
                reading(
                        admin.describeClientQuotas(
                                        ClientQuotaFilter.all(),
                                        new DescribeClientQuotasOptions().timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS))
                                .entities(),
                        "describe its client quotas"),
                InventoryReader::quotaRules);
    }

    private static List<QuotaRule> quotaRules(Map<ClientQuotaEntity, Map<String, Double>> quotas) {
        return quotas.entrySet().stream()
                .map(quota -> new QuotaRule(QuotaEntities.named(quota.getKey()), quota.getValue()))
                .toList();
    }

    /**
     * A topic that is validated and not created answers with every setting that the cluster knows (CreateTopics v5,
     * KIP-525). The source is not asked: nothing is ever made there.
     */
    private Reading<Map<String, String>> topicDefaults(int brokers) throws InterruptedException {
        if (side == ClusterSide.SOURCE) {
            return Reading.unreadable("the source is not asked");
        }
        CreateTopicsResult result = admin.createTopics(
                List.of(new NewTopic(UNBORN_TOPIC, 1, (short) Math.min(3, brokers))),
                new CreateTopicsOptions().validateOnly(true).timeoutMs(AdminCalls.CALL_TIMEOUT_MILLIS));
        return map(reading(result.config(UNBORN_TOPIC), "validate a new topic"), InventoryReader::values);
    }

    private static Map<String, String> values(Config config) {
        Map<String, String> values = new TreeMap<>();
        config.entries().forEach(entry -> values.put(entry.name(), entry.value() == null ? "" : entry.value()));
        return values;
    }

    private <T> Reading<T> reading(KafkaFuture<T> answer, String asked) throws InterruptedException {
        try {
            return Reading.known(calls.await(answer, asked));
        } catch (KraftliftFailure e) {
            return Reading.unreadable(String.valueOf(e.getMessage()));
        }
    }

    private <T> Reading<T> unreadable(Exception error, String asked) {
        return Reading.unreadable(why(error, asked));
    }

    private String why(Exception error, String asked) {
        return String.valueOf(calls.failure(error.getCause() == null ? error : error.getCause(), asked)
                .getMessage());
    }

    private static <T, R> Reading<R> map(Reading<T> reading, Function<T, R> function) {
        return reading.fold(value -> Reading.known(function.apply(value)), Reading::unreadable);
    }
}
