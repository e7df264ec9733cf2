package io.kraftlift.access.kafka;

import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.testkit.Clusters;
import io.kraftlift.testkit.RealClusters;
import io.kraftlift.testkit.RealClusters.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.junit.jupiter.api.AfterEach;

/** The contract on a real KRaft broker with an authorizer. */
@RealClusters(
        start = Role.TARGET,
        targetProperties = {
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS"
        })
class KafkaTargetAdminIT extends TargetAdminContract {
    private final Admin kafka;
    private final TargetAdmin admin;

    KafkaTargetAdminIT(Clusters clusters) {
        this.kafka = Admin.create(Map.of("bootstrap.servers", clusters.target().bootstrapServers()));
        this.admin = new KafkaTargetAdmin(kafka);
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Override
    TargetAdmin admin() {
        return admin;
    }

    @Override
    Set<AclRule> acls() throws Exception {
        return kafka.describeAcls(AclBindingFilter.ANY).values().get().stream()
                .map(AclBindings::rule)
                .collect(Collectors.toSet());
    }

    @Override
    Map<Map<String, String>, Map<String, Double>> quotas() throws Exception {
        Map<Map<String, String>, Map<String, Double>> quotas = new HashMap<>();
        kafka.describeClientQuotas(ClientQuotaFilter.all())
                .entities()
                .get()
                .forEach((entity, limits) -> quotas.put(QuotaEntities.named(entity), limits));
        return quotas;
    }
}
