package io.kraftlift.core.accessmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.msk.MskArn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessMapTest {
    private static final String CLUSTER =
            "arn:aws:kafka:eu-central-1:111122223333:cluster/orders/11111111-2222-3333-4444-555555555555-1";
    private static final String BELOW = "/orders/11111111-2222-3333-4444-555555555555-1/";
    private static final String TOPICS = "arn:aws:kafka:eu-central-1:111122223333:topic" + BELOW;
    private static final String GROUPS = "arn:aws:kafka:eu-central-1:111122223333:group" + BELOW;
    private static final String IDS = "arn:aws:kafka:eu-central-1:111122223333:transactional-id" + BELOW;

    @Test
    void letsAConsumerReadItsTopicsAndItsGroup() {
        PrincipalAccess access = one(
                allow("TOPIC", "orders", "LITERAL", "READ"),
                allow("TOPIC", "prices.", "PREFIXED", "READ"),
                allow("GROUP", "app", "LITERAL", "READ"));

        assertThat(statements(access))
                .containsExactly(
                        new IamStatement("Allow1", "Allow", List.of("kafka-cluster:Connect"), List.of(CLUSTER)),
                        new IamStatement(
                                "Allow2",
                                "Allow",
                                List.of("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"),
                                List.of(GROUPS + "app")),
                        new IamStatement(
                                "Allow3",
                                "Allow",
                                List.of("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"),
                                List.of(TOPICS + "orders", TOPICS + "prices.*")));
        assertThat(access.unmapped()).isEmpty();
        assertThat(access.attachTo()).isEqualTo("the role that takes the place of User:ann");
    }

    @Test
    void letsAProducerWriteIdempotentlyAndInTransactions() {
        PrincipalAccess access =
                one(allow("TOPIC", "*", "LITERAL", "WRITE"), allow("TRANSACTIONAL_ID", "tx-", "PREFIXED", "WRITE"));

        assertThat(actionsOn(access, CLUSTER))
                .containsExactly("kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently");
        assertThat(actionsOn(access, TOPICS + "*"))
                .containsExactly("kafka-cluster:DescribeTopic", "kafka-cluster:WriteData");
        assertThat(actionsOn(access, IDS + "tx-*"))
                .containsExactly("kafka-cluster:AlterTransactionalId", "kafka-cluster:DescribeTransactionalId");
    }

    @Test
    void mapsEveryOperationOnTheClusterThatMskKnows() {
        assertThat(actionsOn(one(allow("CLUSTER", "kafka-cluster", "LITERAL", "ALL")), CLUSTER))
                .containsExactly(
                        "kafka-cluster:AlterCluster",
                        "kafka-cluster:AlterClusterDynamicConfiguration",
                        "kafka-cluster:Connect",
                        "kafka-cluster:DescribeCluster",
                        "kafka-cluster:DescribeClusterDynamicConfiguration",
                        "kafka-cluster:WriteDataIdempotently");
        assertThat(actionsOn(one(allow("CLUSTER", "kafka-cluster", "LITERAL", "CREATE")), TOPICS + "*"))
                .containsExactly("kafka-cluster:CreateTopic");
    }

    @Test
    void deniesTheOperationAloneAndConnectsNobodyForIt() {
        PrincipalAccess access = one(deny("TOPIC", "secret.", "PREFIXED", "READ"));

        assertThat(statements(access))
                .containsExactly(new IamStatement(
                        "Deny1", "Deny", List.of("kafka-cluster:ReadData"), List.of(TOPICS + "secret.*")));
    }

    @Test
    void listsWhatHasNoEqualWithTheReason() {
        AclRule byHost = new AclRule("TOPIC", "orders", "LITERAL", "User:ann", "10.0.0.7", "READ", "DENY");
        PrincipalAccess access = one(
                byHost,
                allow("DELEGATION_TOKEN", "token", "LITERAL", "DESCRIBE"),
                allow("USER", "bob", "LITERAL", "CREATE_TOKENS"),
                allow("CLUSTER", "kafka-cluster", "LITERAL", "CLUSTER_ACTION"),
                deny("CLUSTER", "kafka-cluster", "LITERAL", "CREATE"),
                new AclRule("UNKNOWN", "x", "LITERAL", "User:ann", "*", "READ", "ALLOW"));

        assertThat(access.policies()).isEmpty();
        assertThat(access.unmapped())
                .extracting(UnmappedRule::reason)
                .containsExactlyInAnyOrder(
                        "MSK's policies do not know hosts; limit the network instead (security groups, subnets)",
                        "MSK's policies do not know DESCRIBE on DELEGATION_TOKEN",
                        "MSK's policies do not know CREATE_TOKENS on USER",
                        "MSK's policies do not know CLUSTER_ACTION on CLUSTER",
                        "Kafka lets those who have the right on a topic do it all the same; a Deny would keep them"
                                + " from it",
                        "this program does not know its kind");
        assertThat(map(byHost).remarks())
                .containsExactly("1 ACLs have no equal in IAM, see unmapped: decide what takes the place of each");
    }

    @Test
    void namesOnlyActionsThatMskHas() {
        // Service Authorization Reference, "Actions defined by Apache Kafka APIs for Amazon MSK clusters".
        Set<String> known = Set.of(
                "Connect",
                "AlterCluster",
                "AlterClusterDynamicConfiguration",
                "DescribeCluster",
                "DescribeClusterDynamicConfiguration",
                "WriteDataIdempotently",
                "AlterTopic",
                "AlterTopicDynamicConfiguration",
                "CreateTopic",
                "DeleteTopic",
                "DescribeTopic",
                "DescribeTopicDynamicConfiguration",
                "ReadData",
                "WriteData",
                "AlterGroup",
                "DeleteGroup",
                "DescribeGroup",
                "AlterTransactionalId",
                "DescribeTransactionalId");
        PrincipalAccess access = one(
                allow("TOPIC", "*", "LITERAL", "ALL"),
                allow("GROUP", "*", "LITERAL", "ALL"),
                allow("TRANSACTIONAL_ID", "*", "LITERAL", "ALL"),
                allow("CLUSTER", "kafka-cluster", "LITERAL", "ALL"));

        assertThat(statements(access))
                .flatMap(IamStatement::actions)
                .extracting(action -> action.substring("kafka-cluster:".length()))
                .containsAll(known)
                .isSubsetOf(known);
    }

    @Test
    void escapesNamesThatWouldMeanMoreInAPolicy() {
        PrincipalAccess access = one(allow("GROUP", "a*b?c$d", "LITERAL", "DESCRIBE"));

        assertThat(actionsOn(access, GROUPS + "a${*}b${?}c${$}d")).containsExactly("kafka-cluster:DescribeGroup");
    }

    @Test
    void spreadsManyRulesOverPoliciesThatIamTakes() {
        AclRule[] rules = IntStream.range(0, 500)
                .mapToObj(number -> allow("TOPIC", "topic-" + number, "LITERAL", "READ"))
                .toArray(AclRule[]::new);

        PrincipalAccess access = one(rules);

        assertThat(access.policies()).hasSizeGreaterThan(1).allSatisfy(policy -> {
            assertThat(policy.statements().stream()
                            .mapToInt(IamStatement::chars)
                            .sum())
                    .isLessThan(IamPolicy.MOST_CHARS);
            assertThat(policy.statements()).extracting(IamStatement::sid).doesNotHaveDuplicates();
        });
        assertThat(statements(access))
                .flatMap(IamStatement::resources)
                .hasSize(501)
                .doesNotHaveDuplicates();
    }

    @Test
    void givesTheSameMapForTheSameRulesInAnyOrder() {
        List<AclRule> rules = new ArrayList<>(List.of(
                allow("TOPIC", "orders", "LITERAL", "READ"),
                allow("TOPIC", "prices", "LITERAL", "WRITE"),
                deny("GROUP", "app", "LITERAL", "ALL")));
        AccessMap map = map(rules.toArray(AclRule[]::new));
        Collections.reverse(rules);

        assertThat(map(rules.toArray(AclRule[]::new))).isEqualTo(map);
    }

    @Test
    void saysForWhomTheRulesOfEverybodyAre() {
        assertThat(map(new AclRule("TOPIC", "orders", "LITERAL", "User:*", "*", "READ", "ALLOW"))
                        .principals())
                .singleElement()
                .extracting(PrincipalAccess::attachTo)
                .isEqualTo("every role that connects to the target");
    }

    @Test
    void saysWhatToPutInForATargetThatIsGivenByItsAddresses() {
        AccessMap map = AccessMap.of(
                new AclReading.Rules(List.of(allow("TOPIC", "orders", "LITERAL", "READ"))), Optional.empty());

        assertThat(statements(map.principals().get(0)))
                .flatMap(IamStatement::resources)
                .contains("arn:aws:kafka:REGION:ACCOUNT:topic/NAME/UUID/orders");
        assertThat(map.remarks()).singleElement().asString().contains("the target is not given by its ARN");
    }

    @Test
    void saysWhyItIsEmpty() {
        assertThat(AccessMap.of(new AclReading.NoAuthorizer(), Optional.of(MskArn.of(CLUSTER)))
                        .remarks())
                .singleElement()
                .asString()
                .startsWith("the source has no authorizer");
        assertThat(AccessMap.of(new AclReading.Unreadable("denied"), Optional.of(MskArn.of(CLUSTER)))
                        .remarks())
                .containsExactly("the source's ACLs could not be read: denied");
    }

    private static PrincipalAccess one(AclRule... rules) {
        return map(rules).principals().get(0);
    }

    private static AccessMap map(AclRule... rules) {
        return AccessMap.of(new AclReading.Rules(Arrays.asList(rules)), Optional.of(MskArn.of(CLUSTER)));
    }

    private static List<IamStatement> statements(PrincipalAccess access) {
        return access.policies().stream()
                .flatMap(policy -> policy.statements().stream())
                .toList();
    }

    private static List<String> actionsOn(PrincipalAccess access, String resource) {
        return statements(access).stream()
                .filter(statement -> statement.resources().contains(resource))
                .flatMap(statement -> statement.actions().stream())
                .toList();
    }

    private static AclRule allow(String type, String name, String pattern, String operation) {
        return new AclRule(type, name, pattern, "User:ann", "*", operation, "ALLOW");
    }

    private static AclRule deny(String type, String name, String pattern, String operation) {
        return new AclRule(type, name, pattern, "User:ann", "*", operation, "DENY");
    }
}
