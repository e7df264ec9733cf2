package io.kraftlift.core.topology;

import static io.kraftlift.core.inventory.Inventories.partitions;
import static io.kraftlift.core.inventory.Inventories.source;
import static io.kraftlift.core.inventory.Inventories.target;
import static io.kraftlift.core.inventory.Inventories.topic;
import static io.kraftlift.core.inventory.Inventories.withRules;
import static io.kraftlift.core.inventory.Inventories.withTopics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kraftlift.core.config.AclDrift;
import io.kraftlift.core.config.ConfigDrift;
import io.kraftlift.core.failures.OperatorActionNeeded;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.ClusterInventory;
import io.kraftlift.core.inventory.OffsetSpan;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.inventory.Reading;
import io.kraftlift.core.topics.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopologyPlannerTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final AclRule HERE = rule("User:ann", "orders");
    private static final AclRule BOTH = rule("User:bob", "orders");
    private static final AclRule THERE = rule("User:eve", "orders");

    @Test
    void makesTopicsBeforeAclsBeforeQuotas() {
        ClusterInventory here = withRules(
                source(topic("orders", 3)),
                new AclReading.Rules(List.of(HERE)),
                Reading.known(List.of(new QuotaRule(Map.of("user", "ann"), Map.of("producer_byte_rate", 7.0)))));
        ClusterInventory there = withRules(target(), new AclReading.Rules(List.of()), Reading.known(List.of()));

        TopologyPlan plan = plan(here, there, AclDrift.MERGE, TopologyLedger.empty());

        assertThat(plan.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("CreateTopic", "CreateAcl", "SetQuota");
        assertThat(plan.ledger().created()).containsExactly(ORDERS);
        assertThat(plan.ledger().aclsCreated()).containsExactly(HERE);
        assertThat(plan.ledger().quotasSet()).hasSize(1);
    }

    @Test
    void hasNothingToDoWhenTheTargetIsAsTheLedgerSays() {
        ClusterInventory here = source(topic("orders", 3, Map.of("retention.ms", "5000")));
        TopologyLedger ledger =
                plan(here, target(), AclDrift.MERGE, TopologyLedger.empty()).ledger();
        ClusterInventory there =
                target(topic("orders", 3, ledger.topics().get(0).settingsWhileCopying()));

        TopologyPlan again = plan(here, there, AclDrift.MERGE, ledger);

        assertThat(again.steps()).isEmpty();
        assertThat(again.ledger()).isEqualTo(ledger);
    }

    @Test
    void acceptsItsOwnTopicAfterRecordsHaveArrived() {
        ClusterInventory here = source(topic("orders", 1));
        TopologyLedger ledger =
                plan(here, target(), AclDrift.MERGE, TopologyLedger.empty()).ledger();
        ClusterInventory there = target(topic(
                "orders", ledger.topics().get(0).settingsWhileCopying(), partitions(1, new OffsetSpan(0, 9, 9), 100)));

        assertThat(plan(here, there, AclDrift.MERGE, ledger).steps()).isEmpty();
    }

    @Test
    void makesATopicAgainThatALostAnswerLeftUndone() {
        ClusterInventory here = source(topic("orders", 1));
        TopologyPlan first = plan(here, target(), AclDrift.MERGE, TopologyLedger.empty());

        TopologyPlan second = plan(here, target(), AclDrift.MERGE, first.ledger());

        assertThat(second.steps()).isEqualTo(first.steps());
    }

    @Test
    void putsAHoldBackThatSomebodyEnded() {
        ClusterInventory here = source(topic("orders", 1));
        TopologyLedger ledger =
                plan(here, target(), AclDrift.MERGE, TopologyLedger.empty()).ledger();
        Map<String, String> settings = new TreeMap<>(ledger.topics().get(0).settingsWhileCopying());
        settings.put("retention.ms", "1");

        assertThat(plan(here, target(topic("orders", 1, settings)), AclDrift.MERGE, ledger)
                        .steps())
                .containsExactly(new TopologyStep.AlterTopic(ORDERS, Map.of("retention.ms", "-1"), List.of()));
    }

    @Test
    void refusesAForeignTopicThatStandsInTheWayWithEveryReason() {
        ClusterInventory there = target(topic("orders", Map.of(), partitions(2, new OffsetSpan(5, 5, 5), 0)));

        assertThatThrownBy(() -> plan(source(topic("orders", 1)), there, AclDrift.MERGE, TopologyLedger.empty()))
                .isInstanceOf(OperatorActionNeeded.class)
                .hasMessage("TOPOLOGY_CONFLICT: topic orders is on the target with 2 partitions, on the source with 1;"
                        + " topic orders is on the target and has had records. Delete these topics on the target,"
                        + " exclude them (topics.exclude), or choose another topology.on_config_drift, then redrive");
    }

    @Test
    void refusesItsOwnTopicWhenItsPartitionsHaveChanged() {
        ClusterInventory here = source(topic("orders", 1));
        TopologyLedger ledger =
                plan(here, target(), AclDrift.MERGE, TopologyLedger.empty()).ledger();

        assertThatThrownBy(() -> plan(here, target(topic("orders", 4)), AclDrift.MERGE, ledger))
                .hasMessageContaining("topic orders has 4 partitions on the target; the migration works with 1");
    }

    @Test
    void givesATopicOfItsOwnThePartitionsThatItsSourceWasGiven() {
        TopologyLedger ledger = plan(source(topic("orders", 1)), target(), AclDrift.MERGE, TopologyLedger.empty())
                .ledger();
        ClusterInventory there = target(topic(
                "orders", ledger.topics().get(0).settingsWhileCopying(), partitions(1, new OffsetSpan(0, 9, 9), 100)));

        TopologyPlan grown = plan(source(topic("orders", 3)), there, AclDrift.MERGE, ledger);

        assertThat(grown.steps()).containsExactly(new TopologyStep.GrowTopic(ORDERS, 3));
        assertThat(grown.ledger().topics())
                .singleElement()
                .satisfies(design -> assertThat(design.partitions()).isEqualTo(3));
        assertThat(plan(source(topic("orders", 3)), there, AclDrift.MERGE, grown.ledger())
                        .steps())
                .as("after a crash between ledger and target")
                .containsExactly(new TopologyStep.GrowTopic(ORDERS, 3));
    }

    @Test
    void keepsAclsThatOnlyTheTargetHasUnlessToldToOverwrite() {
        TopologyPlan merge = plan(
                withAcls(source(topic("orders", 1)), HERE, BOTH),
                withAcls(target(), BOTH, THERE),
                AclDrift.MERGE,
                TopologyLedger.empty());
        TopologyPlan overwrite = plan(
                withAcls(source(topic("orders", 1)), HERE, BOTH),
                withAcls(target(), BOTH, THERE),
                AclDrift.OVERWRITE,
                TopologyLedger.empty());
        TopologyPlan report = plan(
                withAcls(source(topic("orders", 1)), HERE, BOTH),
                withAcls(target(), BOTH, THERE),
                AclDrift.REPORT,
                TopologyLedger.empty());

        assertThat(merge.steps())
                .contains(new TopologyStep.CreateAcl(HERE))
                .doesNotContain(new TopologyStep.DeleteAcl(THERE));
        assertThat(merge.ledger().aclsOnlyOnTarget()).containsExactly(THERE);
        assertThat(merge.ledger().remarks()).isEmpty();
        assertThat(overwrite.steps()).contains(new TopologyStep.CreateAcl(HERE), new TopologyStep.DeleteAcl(THERE));
        assertThat(overwrite.ledger().aclsDeleted()).containsExactly(THERE);
        assertThat(report.steps())
                .doesNotContain(new TopologyStep.DeleteAcl(THERE))
                .doesNotContain(new TopologyStep.CreateAcl(HERE));
        assertThat(report.ledger().aclsCreated()).isEmpty();
        assertThat(report.ledger().aclsOnlyOnSource()).containsExactly(HERE);
        assertThat(report.ledger().aclsOnlyOnTarget()).containsExactly(THERE);
        assertThat(report.ledger().remarks())
                .containsExactly(
                        "1 ACLs are on the source only, see acls_only_on_source",
                        "1 ACLs are on the target only, see acls_only_on_target");
    }

    @Test
    void neverDeletesTheAclsThatTheMigrationItselfNeeds() {
        TopologyPlan plan = new TopologyPlanner(
                        withAcls(source(topic("orders", 1)), HERE),
                        withAcls(target(), THERE),
                        new DriftPolicies(ConfigDrift.FAIL, AclDrift.OVERWRITE, Set.of("User:eve")))
                .plan(List.of(ORDERS), TopologyLedger.empty());

        assertThat(plan.steps()).doesNotContain(new TopologyStep.DeleteAcl(THERE));
    }

    @Test
    void neverDeletesTheAclsThatTheTargetsBrokersNeed() {
        AclRule brokers =
                new AclRule("CLUSTER", "kafka-cluster", "LITERAL", "User:CN=broker", "*", "CLUSTER_ACTION", "ALLOW");
        TopologyPlan plan = plan(
                withAcls(source(topic("orders", 1)), HERE),
                withAcls(target(), HERE, THERE, brokers),
                AclDrift.OVERWRITE,
                TopologyLedger.empty());

        assertThat(plan.ledger().aclsDeleted()).containsExactly(THERE);
        assertThat(plan.ledger().aclsOnlyOnTarget()).containsExactly(brokers);
        assertThat(plan.ledger().remarks())
                .containsExactly("ACL stays, the target's brokers may need it: ALLOW User:CN=broker from * to"
                        + " CLUSTER_ACTION CLUSTER LITERAL:kafka-cluster");
    }

    @Test
    void neitherCopiesNorDeletesAclsThatItDoesNotKnow() {
        AclRule newHere = new AclRule("TOPIC", "orders", "UNKNOWN", "User:ann", "*", "READ", "ALLOW");
        AclRule newThere = new AclRule("UNKNOWN", "orders", "LITERAL", "User:eve", "*", "READ", "ALLOW");
        TopologyPlan plan = plan(
                withAcls(source(topic("orders", 1)), newHere),
                withAcls(target(), newThere),
                AclDrift.OVERWRITE,
                TopologyLedger.empty());

        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.ledger().remarks())
                .containsExactly(
                        "ACL is left out, this program does not know its kind: " + newHere,
                        "ACL stays, this program does not know its kind: " + newThere);
    }

    @Test
    void copiesQuotasOfAddressesAndSaysWhatToCheck() {
        QuotaRule address = new QuotaRule(Map.of("ip", "10.0.0.7"), Map.of("connection_creation_rate", 7.0));
        TopologyPlan plan = plan(
                withRules(source(topic("orders", 1)), new AclReading.NoAuthorizer(), Reading.known(List.of(address))),
                target(),
                AclDrift.MERGE,
                TopologyLedger.empty());

        assertThat(plan.steps()).contains(new TopologyStep.SetQuota(address));
        assertThat(plan.ledger().remarks())
                .contains("quotas of addresses are copied as they are: check that the target's brokers see clients"
                        + " come from the same addresses");
    }

    @Test
    void deletesNoAclWhenTheSourceChecksNothing() {
        TopologyPlan plan =
                plan(source(topic("orders", 1)), withAcls(target(), THERE), AclDrift.OVERWRITE, TopologyLedger.empty());

        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.ledger().remarks())
                .containsExactly("the source has no authorizer: no ACLs are copied, none are deleted");
    }

    @Test
    void saysThatATargetWithoutAuthorizerGetsNoAcls() {
        TopologyPlan plan = plan(
                withAcls(source(topic("orders", 1)), HERE, BOTH), target(), AclDrift.MERGE, TopologyLedger.empty());

        assertThat(plan.ledger().remarks())
                .containsExactly("the target has no authorizer: 2 ACLs of the source are not copied");
    }

    @Test
    void doesNotTakeUnreadableAclsForNone() {
        ClusterInventory here =
                withRules(source(topic("orders", 1)), new AclReading.Unreadable("denied"), Reading.known(List.of()));

        assertThatThrownBy(() -> plan(here, target(), AclDrift.MERGE, TopologyLedger.empty()))
                .hasMessage("ACCESS_DENIED: source: its ACLs could not be read (denied); allow the migration's"
                        + " principal Describe on the cluster, then redrive");
    }

    @Test
    void setsOnlyLimitsThatDiffer() {
        QuotaRule here = new QuotaRule(
                Map.of("user", QuotaRule.DEFAULT), Map.of("producer_byte_rate", 7.0, "consumer_byte_rate", 8.0));
        QuotaRule there = new QuotaRule(
                Map.of("user", QuotaRule.DEFAULT), Map.of("producer_byte_rate", 7.0, "request_percentage", 9.0));

        TopologyPlan plan = plan(
                withRules(source(topic("orders", 1)), new AclReading.NoAuthorizer(), Reading.known(List.of(here))),
                withRules(target(), new AclReading.NoAuthorizer(), Reading.known(List.of(there))),
                AclDrift.MERGE,
                TopologyLedger.empty());

        assertThat(plan.steps())
                .contains(new TopologyStep.SetQuota(
                        new QuotaRule(Map.of("user", "<default>"), Map.of("consumer_byte_rate", 8.0))));
        assertThat(plan.ledger().remarks())
                .contains("quota of {user=<default>} stays on the target only: request_percentage=9.0");
    }

    @Test
    void leavesTopicsAloneThatAreNotInThePlan() {
        ClusterInventory here = withTopics(source(), topic("orders", 1), topic("other", 1));

        assertThat(plan(here, target(topic("other", 9)), AclDrift.MERGE, TopologyLedger.empty())
                        .steps())
                .hasSize(1);
    }

    private static TopologyPlan plan(
            ClusterInventory here, ClusterInventory there, AclDrift onAclDrift, TopologyLedger earlier) {
        return new TopologyPlanner(here, there, new DriftPolicies(ConfigDrift.FAIL, onAclDrift, Set.of()))
                .plan(List.of(ORDERS), earlier);
    }

    private static ClusterInventory withAcls(ClusterInventory cluster, AclRule... rules) {
        return withRules(cluster, new AclReading.Rules(List.of(rules)), Reading.known(List.of()));
    }

    private static AclRule rule(String principal, String topic) {
        return new AclRule("TOPIC", topic, "LITERAL", principal, "*", "READ", "ALLOW");
    }
}
