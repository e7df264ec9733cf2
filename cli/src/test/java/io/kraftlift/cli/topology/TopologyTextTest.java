package io.kraftlift.cli.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.access.topology.AccessReading;
import io.kraftlift.access.topology.TopologyPreview;
import io.kraftlift.core.accessmap.AccessMap;
import io.kraftlift.core.inventory.AclReading;
import io.kraftlift.core.inventory.AclRule;
import io.kraftlift.core.inventory.QuotaRule;
import io.kraftlift.core.scram.ScramAssociations;
import io.kraftlift.core.scram.UserToMake;
import io.kraftlift.core.topics.TopicName;
import io.kraftlift.core.topology.TopicDesign;
import io.kraftlift.core.topology.TopicOrigin;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyPlan;
import io.kraftlift.core.topology.TopologyStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyTextTest {
    private static final TopicName ORDERS = new TopicName("orders");
    private static final AclRule ANN = new AclRule("TOPIC", "orders", "LITERAL", "User:ann", "*", "READ", "ALLOW");
    private static final AclRule BOB = new AclRule("TOPIC", "orders", "LITERAL", "User:bob", "*", "READ", "ALLOW");
    private static final AclRule EVE = new AclRule("TOPIC", "orders", "LITERAL", "User:eve", "*", "READ", "ALLOW");

    @Test
    void printsTheStepsInOrderThenWhatDiffersThenWhatIsLeftToAPerson() {
        TopicDesign design = new TopicDesign(
                ORDERS,
                TopicOrigin.CREATED,
                3,
                1,
                Map.of(),
                List.of(),
                List.of(),
                List.of("replication factor 1 instead of 2: the target has 1 brokers"));
        TopologyLedger ledger = new TopologyLedger(
                2,
                List.of(design),
                List.of(ANN),
                List.of(),
                List.of(BOB),
                List.of(EVE),
                List.of(),
                List.of("a remark"));
        TopologyPlan plan = new TopologyPlan(
                List.of(
                        new TopologyStep.CreateTopic(ORDERS, 3, 1, Map.of("retention.ms", "-1")),
                        new TopologyStep.CreateAcl(ANN),
                        new TopologyStep.SetQuota(
                                new QuotaRule(Map.of("user", "ann"), Map.of("producer_byte_rate", 7.0)))),
                ledger);
        AccessMap map = AccessMap.of(new AclReading.Rules(List.of(ANN)), Optional.empty());
        ScramAssociations scram = new ScramAssociations(
                1, List.of(List.of("arn:a", "arn:b")), List.of(), List.of(new UserToMake("bob", "do it")), List.of());

        assertThat(TopologyText.lines(new TopologyPreview(plan, new AccessReading(Optional.of(map), scram))))
                .containsExactly(
                        "1. create topic orders with 3 partitions x 1 and {retention.ms=-1}",
                        "2. create ACL: ALLOW User:ann from * to READ TOPIC LITERAL:orders",
                        "3. set quota of {user=ann}: {producer_byte_rate=7.0}",
                        "3 steps. Nothing was changed.",
                        "Not as on the source:",
                        "  topic orders: replication factor 1 instead of 2: the target has 1 brokers",
                        "  a remark",
                        "Only on the source, and is not created:",
                        "  ACL: ALLOW User:bob from * to READ TOPIC LITERAL:orders",
                        "Only on the target, and stays:",
                        "  ACL: ALLOW User:eve from * to READ TOPIC LITERAL:orders",
                        "IAM:",
                        "  User:ann: 1 policies for the role that takes the place of User:ann, 0 ACLs without an equal",
                        "  " + map.remarks().get(0),
                        "SCRAM users:",
                        "  associate with the target in one call: arn:a arn:b",
                        "  bob: do it");
    }

    @Test
    void saysThatThereIsNothingToDo() {
        ScramAssociations none = new ScramAssociations(1, List.of(), List.of(), List.of(), List.of());

        assertThat(TopologyText.lines(new TopologyPreview(
                        new TopologyPlan(List.of(), TopologyLedger.empty()),
                        new AccessReading(Optional.empty(), none))))
                .containsExactly("The target is as it should be.");
    }
}
