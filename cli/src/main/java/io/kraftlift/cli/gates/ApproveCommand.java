package io.kraftlift.cli.gates;

import io.kraftlift.statemachine.Decision;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kraftlift approve}. */
@Command(
        name = "approve",
        mixinStandardHelpOptions = true,
        description = "Approves the gate that waits, after showing what is decided.")
public final class ApproveCommand implements Callable<Integer> {
    private final Deciding deciding;

    @Mixin
    private GateOption gate = new GateOption();

    @Mixin
    private DecisionOptions options = new DecisionOptions();

    public ApproveCommand(Deciding deciding) {
        this.deciding = deciding;
    }

    @Override
    public Integer call() throws InterruptedException {
        return deciding.decide(options.run(), gate.gate(), Decision.APPROVE, options.manner())
                .number();
    }
}
