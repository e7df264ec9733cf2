package io.kraftlift.local.states;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What executions need from outside.
 *
 * @param integrations the work behind task resources, by resource
 * @param cancelGrace how long a cancelled task may take to end before it is left to itself
 * @param threads makes the threads of executions, branches, tasks and timers
 */
record Surroundings(
        Clock clock,
        Sleeper sleeper,
        RandomGenerator random,
        Map<String, TaskIntegration> integrations,
        Tokens tokens,
        ExecutionListener listener,
        Duration cancelGrace,
        ThreadFactory threads) {}
