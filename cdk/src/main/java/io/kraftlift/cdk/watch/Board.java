package io.kraftlift.cdk.watch;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.workers.Workers;
import io.kraftlift.core.metrics.MetricName;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/**
 * The dashboard: alarms, executions and phases, lag, rate, gaps and health of the lanes, the freeze, workers, and what workers
 * say.
 */
final class Board {
    private static final int WIDTH = 24;
    private static final int HALF = 12;

    private Board() {}

    static void of(
            Construct scope,
            DeploymentName name,
            List<Alarm> alarms,
            Machine machine,
            Functions functions,
            Workers workers) {
        MetricOptions sum = MetricOptions.builder()
                .statistic("Sum")
                .period(Duration.minutes(5))
                .build();
        Dashboard.Builder.create(scope, "Dashboard")
                .dashboardName(name.stack())
                .widgets(List.of(
                        List.of(AlarmStatusWidget.Builder.create()
                                .title("Alarms")
                                .alarms(alarms)
                                .width(WIDTH)
                                .build()),
                        List.of(
                                graph(
                                        "Executions",
                                        List.of(
                                                machine.migration().metricStarted(sum),
                                                machine.migration().metricSucceeded(sum),
                                                machine.migration().metricFailed(sum),
                                                machine.migration().metricAborted(sum),
                                                machine.migration().metricTimedOut(sum))),
                                graph("How long each step of the frozen window took", durations(functions))),
                        List.of(
                                graph(
                                        "Phases, when they were entered",
                                        List.of(each(name, MetricName.PHASE_ENTERED, "Sum"))),
                                graph("How long producers have been frozen, in seconds", freezes(name))),
                        List.of(
                                graph(
                                        "Largest lag of each lane",
                                        List.of(each(name, MetricName.LARGEST_LAG, "Maximum"))),
                                graph(
                                        "Lag of each lane, in all",
                                        List.of(each(name, MetricName.TOTAL_LAG, "Maximum")))),
                        List.of(
                                graph(
                                        "Bytes a second of each lane",
                                        List.of(each(name, MetricName.BYTES_PER_SECOND, "Average"))),
                                graph(
                                        "Records a second of each lane",
                                        List.of(each(name, MetricName.RECORDS_PER_SECOND, "Average")))),
                        List.of(
                                graph(
                                        "Reports of each lane; a lane without one has no worker",
                                        List.of(each(name, MetricName.LANE_REPORTS, "Sum"))),
                                graph("Gaps of each lane", List.of(each(name, MetricName.GAPS, "Maximum")))),
                        List.of(
                                graph("Workers", List.of(insight(workers, "RunningTaskCount"))),
                                graph(
                                        "Processor and memory of workers",
                                        List.of(insight(workers, "CpuUtilized"), insight(workers, "MemoryUtilized")))),
                        List.of(LogQueryWidget.Builder.create()
                                .title("What workers say")
                                .logGroupNames(List.of(workers.log().getLogGroupName()))
                                .queryLines(List.of("fields @timestamp, @message", "sort @timestamp desc", "limit 50"))
                                .width(WIDTH)
                                .build())))
                .build();
    }

    /** A line for every lane, or for every phase, that was heard of. */
    private static IMetric each(DeploymentName name, MetricName metric, String statistic) {
        String dimension = metric.detail().dimension();
        return MathExpression.Builder.create()
                .expression("SEARCH('{" + MetricName.NAMESPACE + "," + MetricName.DEPLOYMENT + "," + dimension
                        + "} MetricName=\"" + metric.key() + "\" " + MetricName.DEPLOYMENT + "=\"" + name.qualifier()
                        + "\"', '" + statistic + "', 60)")
                .label("${PROP('Dim." + dimension + "')}")
                .usingMetrics(Map.of())
                .period(Duration.minutes(1))
                .build();
    }

    private static List<IMetric> freezes(DeploymentName name) {
        return List.of(own(name, MetricName.FREEZE_AGE, "Maximum"), own(name, MetricName.FROZEN_TOO_LONG, "Sum"));
    }

    private static IMetric own(DeploymentName name, MetricName metric, String statistic) {
        return Metric.Builder.create()
                .namespace(MetricName.NAMESPACE)
                .metricName(metric.key())
                .dimensionsMap(Map.of(MetricName.DEPLOYMENT, name.qualifier()))
                .statistic(statistic)
                .period(Duration.minutes(1))
                .build();
    }

    private static List<IMetric> durations(Functions functions) {
        MetricOptions longest = MetricOptions.builder()
                .statistic("Maximum")
                .period(Duration.minutes(1))
                .build();
        return Alarms.FROZEN_WINDOW.stream()
                .<IMetric>map(function -> functions.function(function).metricDuration(longest))
                .toList();
    }

    private static GraphWidget graph(String title, List<IMetric> metrics) {
        return GraphWidget.Builder.create()
                .title(title)
                .left(metrics)
                .width(HALF)
                .build();
    }

    private static Metric insight(Workers workers, String metric) {
        return Metric.Builder.create()
                .namespace("ECS/ContainerInsights")
                .metricName(metric)
                .dimensionsMap(Map.of("ClusterName", workers.cluster().getClusterName()))
                .statistic("Average")
                .period(Duration.minutes(1))
                .build();
    }
}
