package io.kraftlift.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.kraftlift.core.validation.Outcome;
import io.kraftlift.local.demo.DemoSummary;
import io.kraftlift.local.demo.DemoSummary.Check;
import io.kraftlift.local.demo.DemoSummary.ConsumerTally;
import io.kraftlift.local.demo.DemoSummary.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
    @Test
    void listsWhatTheRunCameTo() {
        assertThat(new SummaryTable(false).lines(summary(Outcome.PASSED, new ConsumerTally(120, 120, 0, 0))))
                .containsExactly(
                        "Migration demo-1",
                        "  copied     12 topics, 64 partitions, 1,234,567 records, 201.4 MB",
                        "  groups     9 moved",
                        "  phases     seed 12.340 s, tail 3.000 s",
                        "  frozen     1.502 s: freeze 0.500 s, drain 1.002 s",
                        "  checks",
                        "    topic parity                     PASSED",
                        "    records                          PASSED",
                        "  consumer   120 produced, 120 read, 0 missing, 0 repeated: exactly once",
                        "  evidence   .kraftlift/demo/evidence/demo-1/evidence.json",
                        "  result     PASSED");
    }

    @Test
    void givesTheReasonOfACheckThatDidNotPass() {
        assertThat(new SummaryTable(false).lines(summary(Outcome.WARNING, new ConsumerTally(120, 120, 0, 0))))
                .contains(
                        "    records                          WARNING  orders/3: a gap of 4 records",
                        "  result     WARNING");
    }

    @Test
    void failsTheRunWhoseConsumerMissedARecord() {
        assertThat(new SummaryTable(false).lines(summary(Outcome.PASSED, new ConsumerTally(120, 119, 1, 0))))
                .contains(
                        "  consumer   120 produced, 119 read, 1 missing, 0 repeated: NOT exactly once",
                        "  result     FAILED");
    }

    private static DemoSummary summary(Outcome records, ConsumerTally consumer) {
        return new DemoSummary(
                "demo-1",
                12,
                64,
                1_234_567,
                201_400_000,
                List.of(new Part("seed", 12_340), new Part("tail", 3_000)),
                1_502,
                List.of(new Part("freeze", 500), new Part("drain", 1_002)),
                9,
                List.of(
                        new Check("topic parity", Outcome.PASSED, ""),
                        new Check("records", records, records == Outcome.PASSED ? "" : "orders/3: a gap of 4 records")),
                consumer,
                ".kraftlift/demo/evidence/demo-1/evidence.json");
    }
}
