package io.kraftlift.benchmarks;

import java.nio.file.Path;

/** The benchmarks' program; {@code docs/performance.md} says what it measures. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(arguments);
        Path home = Path.of(System.getProperty("kraftlift.home", "."));
        switch (options.command()) {
            case "compare" -> new Comparison(options, home, System.out).run();
            case "tail" -> new TailLatency(options, home, System.out).run();
            case "partitions" -> new ManyPartitions(options, home, System.out).run();
            case "freeze" -> new FrozenTime(options, home, System.out).run();
            case "validate" -> new TargetReads(options, home, System.out).run();
            case "plan" -> new PlanningTime(System.out).run();
            case "balance" -> new BalanceSimulation(System.out).run();
            default ->
                throw new IllegalArgumentException(
                        "command: must be compare, tail, partitions, freeze, validate, plan or balance, was "
                                + options.command());
        }
    }
}
