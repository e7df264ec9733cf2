package io.kraftlift.cli.topology;

import io.kraftlift.access.topology.TopologyPreview;
import io.kraftlift.core.accessmap.AccessMap;
import io.kraftlift.core.scram.ScramAssociations;
import io.kraftlift.core.topology.TopologyLedger;
import io.kraftlift.core.topology.TopologyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A preview as lines for a person. */
final class TopologyText {
    private TopologyText() {}

    static List<String> lines(TopologyPreview preview) {
        List<TopologyStep> steps = preview.plan().steps();
        TopologyLedger ledger = preview.plan().ledger();
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (TopologyStep step : steps) {
            number++;
            lines.add(number + ". " + step);
        }
        lines.add(steps.isEmpty() ? "The target is as it should be." : steps.size() + " steps. Nothing was changed.");
        List<String> remarks = new ArrayList<>();
        ledger.topics()
                .forEach(topic ->
                        topic.remarks().forEach(remark -> remarks.add("topic " + topic.name() + ": " + remark)));
        remarks.addAll(ledger.remarks());
        section("Not as on the source", remarks, remark -> remark, lines);
        section("Only on the source, and is not created", ledger.aclsOnlyOnSource(), rule -> "ACL: " + rule, lines);
        section("Only on the target, and stays", ledger.aclsOnlyOnTarget(), rule -> "ACL: " + rule, lines);
        preview.access().map().ifPresent(map -> section("IAM", access(map), line -> line, lines));
        section("SCRAM users", scram(preview.access().scram()), line -> line, lines);
        return lines;
    }

    private static List<String> access(AccessMap map) {
        List<String> lines = new ArrayList<>();
        map.principals()
                .forEach(access ->
                        lines.add(access.principal() + ": " + access.policies().size()
                                + " policies for " + access.attachTo() + ", "
                                + access.unmapped().size()
                                + " ACLs without an equal"));
        lines.addAll(map.remarks());
        return lines;
    }

    private static List<String> scram(ScramAssociations scram) {
        List<String> lines = new ArrayList<>();
        scram.associate()
                .forEach(call -> lines.add("associate with the target in one call: " + String.join(" ", call)));
        scram.toMake().forEach(user -> lines.add(user.name() + ": " + user.how()));
        lines.addAll(scram.remarks());
        return lines;
    }

    private static <T> void section(String heading, List<T> items, Function<T, String> text, List<String> lines) {
        if (!items.isEmpty()) {
            lines.add(heading + ":");
            items.forEach(item -> lines.add("  " + text.apply(item)));
        }
    }
}
