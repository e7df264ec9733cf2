package io.kraftlift.cdk.watch;

import io.kraftlift.cdk.DeploymentName;
import io.kraftlift.cdk.functions.Functions;
import io.kraftlift.cdk.machine.Machine;
import io.kraftlift.cdk.workers.Workers;
import io.kraftlift.core.metrics.MetricName;
import io.kraftlift.statemachine.FunctionName;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.stepfunctions.IStateMachine;
import software.constructs.Construct;

/** An alarm per name, each of which a person is told about. */
final class Alarms extends Construct {
    /** What a worker logs last when it fails, as its log has it: the class and the message. */
    static final String WORKER_FAILED = "WorkerProcess worker failed";

    /** All of what works while producers stand still. */
    static final List<FunctionName> FROZEN_WINDOW = List.of(
            FunctionName.FREEZE_PRODUCERS,
            FunctionName.PUBLISH_SENTINELS,
            FunctionName.AWAIT_DRAINED,
            FunctionName.TRANSLATE_OFFSETS,
            FunctionName.VERIFY_OFFSET_FLOOR,
            FunctionName.UNFREEZE,
            FunctionName.RELEASE_OVERDUE,
            FunctionName.SAFETY_NET);

    private static final Duration PERIOD = Duration.minutes(1);

    /** A worker that is retried a few times is the state machine's business; five in a quarter of an hour is a person's. */
    private static final Duration WORKER_PERIOD = Duration.minutes(15);

    private static final int WORKER_FAILURES = 5;

    private final DeploymentName name;
    private final ITopic topic;
    private final Map<AlarmName, Alarm> alarms = new EnumMap<>(AlarmName.class);

    Alarms(Construct scope, String id, DeploymentName name, ITopic topic) {
        super(scope, id);
        this.name = name;
        this.topic = topic;
    }

    List<Alarm> all() {
        return List.copyOf(alarms.values());
    }

    void on(Machine machine, Functions functions, Workers workers) {
        MetricOptions sum =
                MetricOptions.builder().statistic("Sum").period(PERIOD).build();
        raise(AlarmName.MIGRATION_FAILED, machine.migration().metricFailed(sum), 1);
        raise(AlarmName.MIGRATION_ABORTED, machine.migration().metricAborted(sum), 1);
        raise(AlarmName.MIGRATION_TIMED_OUT, machine.migration().metricTimedOut(sum), 1);
        raise(
                AlarmName.SAFETY_NET_FAILED,
                functions.function(FunctionName.SAFETY_NET).metricErrors(sum),
                1);
        raise(AlarmName.SAFETY_NET_UNHEARD, depth(functions.unheard(FunctionName.SAFETY_NET)), 1);
        raise(AlarmName.FREEZE_GUARD_FAILED, cutShort(machine.freezeGuard(), sum), 1);
        raise(AlarmName.FROZEN_TOO_LONG, counted(MetricName.FROZEN_TOO_LONG, "Sum"), 1);
        raise(
                AlarmName.UNFREEZE_FAILED,
                functions.function(FunctionName.UNFREEZE).metricErrors(sum),
                1);
        raise(AlarmName.FROZEN_WINDOW_THROTTLED, throttles(functions, sum), 1);
        // A round that fails is repeated after seconds; three of them are a minute without carrying over.
        raise(
                AlarmName.RESYNC_FAILING,
                functions.function(FunctionName.RESYNC_GROUPS).metricErrors(sum),
                3);
        raise(AlarmName.WORKERS_FAILING, workerFailures(workers), WORKER_FAILURES);
        raise(AlarmName.RECORDS_MISSED, counted(MetricName.GAPS, "Maximum"), 1);
        raise(AlarmName.HISTORY_NOT_SEALED, unsealed(functions, sum), 1);
    }

    void on(Notices notices) {
        raise(AlarmName.NOTICE_NOT_SENT, depth(notices.untold()), 1);
    }

    private static IMetric depth(Queue deadLetters) {
        return deadLetters.metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().statistic("Maximum").period(PERIOD).build());
    }

    /** What the function failed at, and what never came to it. */
    private static IMetric unsealed(Functions functions, MetricOptions sum) {
        // In an order: the template has them as a list, and must be the same every time.
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        metrics.put("errors", functions.function(FunctionName.SEAL_HISTORY).metricErrors(sum));
        metrics.put("unheard", depth(functions.unheard(FunctionName.SEAL_HISTORY)));
        return MathExpression.Builder.create()
                .expression("FILL(errors, 0) + FILL(unheard, 0)")
                .usingMetrics(metrics)
                .label("Histories that were not sealed")
                .period(PERIOD)
                .build();
    }

    /** What functions and workers count themselves. */
    private IMetric counted(MetricName metric, String statistic) {
        return Metric.Builder.create()
                .namespace(MetricName.NAMESPACE)
                .metricName(metric.key())
                .dimensionsMap(Map.of(MetricName.DEPLOYMENT, name.qualifier()))
                .statistic(statistic)
                .period(PERIOD)
                .build();
    }

    private static IMetric throttles(Functions functions, MetricOptions sum) {
        return total(
                "Throttles while producers stand still",
                FROZEN_WINDOW.stream()
                        .<IMetric>map(function -> functions.function(function).metricThrottles(sum))
                        .toList());
    }

    private static IMetric cutShort(IStateMachine machine, MetricOptions sum) {
        return total(
                "Executions that did not come to their end",
                List.of(machine.metricFailed(sum), machine.metricAborted(sum), machine.metricTimedOut(sum)));
    }

    private static IMetric total(String label, List<IMetric> parts) {
        Map<String, IMetric> metrics = new LinkedHashMap<>();
        parts.forEach(part -> metrics.put("m" + metrics.size(), part));
        return MathExpression.Builder.create()
                .expression(String.join(" + ", metrics.keySet()))
                .usingMetrics(metrics)
                .label(label)
                .period(PERIOD)
                .build();
    }

    private IMetric workerFailures(Workers workers) {
        return MetricFilter.Builder.create(this, "WorkerFailures")
                .logGroup(workers.log())
                .filterPattern(FilterPattern.literal("\"" + WORKER_FAILED + "\""))
                .metricNamespace("Kraftlift/" + name.qualifier())
                .metricName("WorkerFailures")
                .metricValue("1")
                .build()
                .metric(MetricOptions.builder()
                        .statistic("Sum")
                        .period(WORKER_PERIOD)
                        .build());
    }

    private void raise(AlarmName alarm, IMetric metric, int threshold) {
        Alarm made = Alarm.Builder.create(this, alarm.key())
                .alarmName(name.of(alarm.key()))
                .alarmDescription(alarm.description())
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .evaluationPeriods(1)
                // These count what went wrong: where nothing is counted, nothing did.
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build();
        made.addAlarmAction(new SnsAction(topic));
        alarms.put(alarm, made);
    }
}
