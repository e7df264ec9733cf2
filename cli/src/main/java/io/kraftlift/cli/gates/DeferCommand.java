package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift defer}. */
@Command(
        name = "defer",
        mixinStandardHelpOptions = true,
        description = "Defers the gate that waits; it is opened anew on fresh numbers.")
public final class DeferCommand implements Callable<Integer> {
    private final Deciding deciding;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private DecisionOptions options = new DecisionOptions();

    public DeferCommand(Deciding deciding) {
        this.deciding = deciding;
    }

    @Override
    public Integer call() throws InterruptedException {
        return deciding.decide(options.run(), gate.gate(), Decision.DEFER, options.manner())
                .number();
    }
}
