package io.kraftlift.access.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kraftlift.access.json.Documents;
import io.kraftlift.access.runs.Surroundings;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.core.metrics.MetricName.Detail;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts by a line of CloudWatch's embedded metric format in the log (AWS documentation, "Specification: Embedded metric
 * format"), so that neither function nor worker calls CloudWatch. Each line counts for the deployment, and for the lane or
 * the phase besides. Outside of a deployment it is silent. Safe for several threads.
 */
public final class MetricLines {
    /** The logger whose lines are written as they are. */
    public static final String LOGGER = "kraftlift.metrics";

    /** Those that count nothing. */
    public static final MetricLines SILENT = new MetricLines(Optional.empty(), Clock.systemUTC());

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    private final Optional<String> deployment;
    private final Clock clock;

    private MetricLines(Optional<String> deployment, Clock clock) {
        this.deployment = deployment;
        this.clock = clock;
    }

    /** Those of the deployment that the environment names. */
    public static MetricLines of(Surroundings surroundings) {
        return new MetricLines(
                Optional.ofNullable(surroundings.environment().get(MetricName.DEPLOYMENT_VARIABLE))
                        .filter(name -> !name.isBlank()),
                surroundings.clock());
    }

    public void count(MetricName metric, double value) {
        say(Detail.NONE, "", Map.of(metric, value));
    }

    /**
     * Counts several at once.
     *
     * @param what the lane or the phase
     * @param values all of metrics with this detail
     */
    public void say(Detail detail, String what, Map<MetricName, Double> values) {
        deployment.ifPresent(name -> LOG.info(line(name, detail, what, values)));
    }

    private String line(String name, Detail detail, String what, Map<MetricName, Double> values) {
        ObjectNode line = Documents.mapper().createObjectNode();
        ObjectNode head = line.putObject("_aws").put("Timestamp", clock.millis());
        ObjectNode directive = head.putArray("CloudWatchMetrics").addObject().put("Namespace", MetricName.NAMESPACE);
        ArrayNode dimensions = directive.putArray("Dimensions");
        dimensions.addArray().add(MetricName.DEPLOYMENT);
        line.put(MetricName.DEPLOYMENT, name);
        if (detail != Detail.NONE) {
            dimensions.addArray().add(MetricName.DEPLOYMENT).add(detail.dimension());
            line.put(detail.dimension(), what);
        }
        ArrayNode metrics = directive.putArray("Metrics");
        values.forEach((metric, value) -> {
            if (metric.detail() != detail) {
                throw new IllegalArgumentException(
                        metric + ": must be counted by " + metric.detail() + ", was by " + detail);
            }
            metrics.addObject().put("Name", metric.key()).put("Unit", metric.unit());
            line.put(metric.key(), value);
        });
        return line.toString();
    }
}
