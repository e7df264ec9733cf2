package io.kraftlift.cdk.watch;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.workers.Workers;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.LogQueryWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/** The dashboard: alarms, executions, the frozen window's functions, workers, and what workers say. */
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
