package io.kraftlift.cdk.watch;

import java.util.Locale;

/** The alarms; each has an article of its name in {@code docs/runbook.md}. */
public enum AlarmName {
    MIGRATION_FAILED("An execution failed. The source is untouched, and producers were let go on if they were frozen."),
    MIGRATION_ABORTED("Somebody stopped an execution; the safety net lets producers go on."),
    MIGRATION_TIMED_OUT("An execution came to its end of time; the safety net lets producers go on."),
    SAFETY_NET_FAILED("The safety net failed: producers may stand still."),
    SAFETY_NET_UNHEARD("An execution's end was not heard by the safety net: producers may stand still."),
    FREEZE_GUARD_FAILED("An overdue freeze could not be ended, or nobody watches over it: producers may stand still."),
    FROZEN_TOO_LONG("Producers stood still for longer than cutover.max_producer_freeze."),
    UNFREEZE_FAILED("Producers could not be told to go on after a cutover was given up: they may stand still."),
    FROZEN_WINDOW_THROTTLED("Lambda refused a function that works while producers stand still."),
    RESYNC_FAILING("Groups that still commit on the source are not carried over while clients are switched."),
    WORKERS_FAILING("Workers fail again and again; the copy does not go on."),
    RECORDS_MISSED("Retention removed records from the source before they were copied; they are recorded as gaps."),
    HISTORY_NOT_SEALED(
            "An execution's history could not be put beside the evidence; Step Functions keeps it for 90 days."),
    NOTICE_NOT_SENT(
            "A notice did not reach its topic: a gate may be open, or an execution ended, and nobody was told.");

    private final String means;

    AlarmName(String means) {
        this.means = means;
    }

    /** {@code migration-failed}: in the alarm's name, and the heading of its article. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return means + " What to do: docs/runbook.md#" + key();
    }
}
