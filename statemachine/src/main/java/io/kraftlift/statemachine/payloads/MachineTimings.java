package io.kraftlift.statemachine.payloads;

/**
 * The waits of the machine that the configuration decides, in seconds, 1 or above.
 *
 * @param drainTimeoutSeconds how long the tail may take to catch up
 * @param drainPollSeconds pause between two looks at the lag
 * @param approvalTimeoutSeconds after which an open gate is opened anew
 * @param freezeTimeoutSeconds of each state in the frozen window
 */
public record MachineTimings(
        long drainTimeoutSeconds, long drainPollSeconds, long approvalTimeoutSeconds, long freezeTimeoutSeconds) {}
